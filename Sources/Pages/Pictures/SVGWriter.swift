/// Writes the pieces of an SVG document again, without those that no drawing needs.
struct SVGWriter {
  private struct Element {
    let name: String
    let start: String
    /// A group that turns out empty is left out: gnuplot's pictures consist of them by a half.
    var isWritten: Bool
  }

  private let idPrefix: String
  private let label: String
  private var result = ""
  private var open: [Element] = []
  /// How deep inside an element that is left out.
  private var skippedDepth = 0
  private var isDone = false

  init(idPrefix: String, label: String) {
    self.idPrefix = idPrefix
    self.label = label
  }

  /// nil before the document's end.
  var finished: String? { isDone && open.isEmpty && skippedDepth == 0 ? result : nil }

  mutating func write(_ piece: MarkupScanner.Piece) throws(MarkupScanner.Malformed) {
    switch piece {
    case .start(let name, let attributes, let isClosed): try start(name, attributes, isClosed: isClosed)
    case .end(let name): try end(name)
    case .text(let text):
      guard skippedDepth == 0, let last = open.last, last.name == "text" || last.name == "tspan" else { return }
      flush()
      result += HTML.escaped(text)
    }
  }

  private mutating func start(_ name: String, _ attributes: [MarkupScanner.Attribute], isClosed: Bool) throws(MarkupScanner.Malformed) {
    if skippedDepth > 0 || !isAllowed(name) {
      guard !open.isEmpty else { throw MarkupScanner.Malformed() }
      if !isClosed { skippedDepth += 1 }
      return
    }
    let written = name == "svg" ? root(attributes) : attributes.compactMap { attribute($0, of: name) }.joined()
    open.append(Element(name: name, start: "<\(name)\(written)", isWritten: false))
    if name != "g" && !isClosed { flush() }
    if isClosed { try end(name) }
  }

  private mutating func end(_ name: String) throws(MarkupScanner.Malformed) {
    if skippedDepth > 0 {
      skippedDepth -= 1
      return
    }
    guard let last = open.last, last.name == name else { throw MarkupScanner.Malformed() }
    if last.isWritten {
      result += "</\(name)>"
    } else if name != "g" {
      for index in open.indices.dropLast() where !open[index].isWritten { write(start: index) }
      result += last.start + "/>"
    }
    open.removeLast()
    if open.isEmpty { isDone = true }
  }

  /// Writes the start of every element that is open.
  private mutating func flush() {
    for index in open.indices where !open[index].isWritten { write(start: index) }
  }

  private mutating func write(start index: Int) {
    result += open[index].start + ">"
    open[index].isWritten = true
  }

  /// The document's own `<svg>` comes first and once.
  private func isAllowed(_ name: String) -> Bool {
    guard name == "svg" else { return !open.isEmpty && SVGVocabulary.elements.contains(name) }
    return open.isEmpty && !isDone
  }

  /// The size is the largest: on a narrow page the picture shrinks.
  private func root(_ attributes: [MarkupScanner.Attribute]) -> String {
    let size = attributes.filter { ["width", "height", "viewBox"].contains($0.name) && Self.isPlain($0.value) }
    return " xmlns=\"http://www.w3.org/2000/svg\"" + size.map { " \($0.name)=\"\(HTML.escaped($0.value))\"" }.joined()
      + " role=\"img\" aria-label=\"\(HTML.escaped(label))\" style=\"max-width:100%;height:auto\""
  }

  private static func isPlain(_ value: String) -> Bool { value.allSatisfy { $0.isNumber || $0.isLetter || " .%-,".contains($0) } }

  private func attribute(_ attribute: MarkupScanner.Attribute, of element: String) -> String? {
    let name = attribute.name == "xlink:href" ? "href" : attribute.name
    guard SVGVocabulary.attributes.contains(name), let value = value(attribute.value, of: name, element) else { return nil }
    return " \(name)=\"\(HTML.escaped(value))\""
  }

  /// The value as the page may have it.
  private func value(_ value: String, of name: String, _ element: String) -> String? {
    switch name {
    case "id": return idPrefix + value
    case "href":
      if value.hasPrefix("#") { return "#" + idPrefix + value.dropFirst() }
      return element == "image" && SVGVocabulary.isHeldPicture(value) ? value : nil
    case "fill", "stroke", "color": if let shade = SVGVocabulary.shades[value] { return shade }
    default: break
    }
    let compact = value.filter { !$0.isWhitespace }
    guard !compact.contains("\\"), !compact.contains("/*") else { return nil }
    guard compact.lowercased().contains("url(") else { return value }
    // `url(#gradient)`, and nothing beside it.
    guard compact.hasPrefix("url(#"), compact.hasSuffix(")"), compact.count(where: { $0 == "(" }) == 1 else { return nil }
    return "url(#" + idPrefix + compact.dropFirst(5)
  }
}
