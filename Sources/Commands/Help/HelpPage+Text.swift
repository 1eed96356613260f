extension HelpPage {
  /// Where there is no window.
  static let usualWidth = 100

  /// In lines that fit; a line is broken at blanks only.
  package func text(columns: Int?) -> String {
    let width = max(columns.map { $0 - 1 } ?? Self.usualWidth, 16)
    return blocks.enumerated().flatMap { index, block -> [String] in
      let lines = block.lines(width: width)
      // A second page begins, or another part of one.
      let isApart: Bool
      switch block {
      case .signature, .heading: isApart = index > 0
      default: isApart = false
      }
      return isApart ? [""] + lines : lines
    }.joined(separator: "\n")
  }
}

extension HelpPage.Block {
  fileprivate func lines(width: Int) -> [String] {
    switch self {
    case .signature(let forms): forms.flatMap { $0.wrapped(to: width, hanging: "    ") }
    case .paragraph(let text): text.wrapped(to: width, first: "  ", hanging: "  ")
    case .heading(let text): text.wrapped(to: width, hanging: "  ")
    case .terms(let terms): terms.lines(width: width)
    case .examples(let examples): ["  for example:"] + examples.flatMap { $0.lines(width: width) }
    case .place(let place): "in the paper: \(place)".wrapped(to: width, first: "  ", hanging: "    ")
    }
  }
}

extension HelpPage.Example {
  fileprivate func lines(width: Int) -> [String] {
    input.wrapped(to: width, first: "    ", hanging: "      ") + (output?.wrapped(to: width, first: "      ", hanging: "        ") ?? [])
  }
}

extension [HelpPage.Term] {
  fileprivate func lines(width: Int) -> [String] {
    let longest = map(\.name.count).max() ?? 0
    // Two columns, where the second has room for some words.
    let column = Swift.min(longest, 24)
    guard width - column - 4 >= 40 else {
      return flatMap { term in
        term.name.wrapped(to: width, first: "  ", hanging: "    ") + term.text.wrapped(to: width, first: "    ", hanging: "    ")
      }
    }
    let blank = String(repeating: " ", count: column + 4)
    return flatMap { term -> [String] in
      guard term.name.count <= column else { return ["  " + term.name] + term.text.wrapped(to: width, first: blank, hanging: blank) }
      let name = "  " + term.name + String(repeating: " ", count: column + 2 - term.name.count)
      return term.text.wrapped(to: width, first: name, hanging: blank)
    }
  }
}

extension String {
  /// Lines of at most `width` characters, broken at blanks: a longer word stands alone.
  func wrapped(to width: Int, first: String = "", hanging: String = "") -> [String] {
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = hanging
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return isEmpty ? lines : lines + [line]
  }
}
