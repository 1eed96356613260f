extension DatasetError {
  /// What is wrong, in one sentence that quotes the path.
  public var message: String {
    switch self {
    case .missing(let kind, let searched): "no \(kind.rawValue) data in \(Self.list(searched.map(Self.quoted), "or"))"
    case .noneFound(let kinds, _): "none of \(Self.list(kinds.map(\.rawValue), "and")) is there"
    case .missingFile(let path): "there is no file \(Self.quoted(path))"
    case .notADirectory(let path): "\(Self.quoted(path)) is not a folder"
    case .unreadable(let path, let reason): "\(Self.quoted(path)) cannot be read: \(reason)"
    case .truncated(let path, let expected, let found):
      "\(Self.quoted(path)) is cut short: \(expected) bytes are needed, it has \(found)"
    case .oversized(let path, let expected): "\(Self.quoted(path)) holds more than the \(expected) bytes that its header announces"
    case .wrongFormat(let path, let reason, _): "\(Self.quoted(path)) \(reason)"
    case .tooLarge(let path, let claimed): "\(Self.quoted(path)) claims \(claimed), more than Siam takes"
    case .labelOutOfRange(let path, let image, let label, let classCount):
      "\(Self.quoted(path)): image \(image) has label \(label), labels are 0 to \(classCount - 1)"
    case .countsDiffer(let images, let imageCount, let labels, let labelCount):
      "\(Self.quoted(images)) has \(imageCount) images, \(Self.quoted(labels)) has \(labelCount) labels"
    case .noImages(let kind, let classes, let place):
      "\(kind.rawValue)\(place.map { " in \(Self.quoted($0))" } ?? "") has no images of the first \(classes) classes in one of its splits"
    case .outOfRange(let option, let value, let allowed, _):
      "\(option) is \(Self.number(value)), it must be \(Self.range(allowed))"
    }
  }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .missing(let kind, _): kind.source
    case .noneFound(let kinds, _):
      kinds.contains(.shapes) ? nil : "`data shapes` needs no file; \(kinds.first.map(\.source) ?? "")"
    case .missingFile: "the folder holds only a part of the data set: unpack it again"
    case .notADirectory: "name the folder that the files are in, not one of them"
    case .unreadable: nil
    case .truncated, .oversized: "copy or download it again"
    case .wrongFormat(_, _, let hint): hint
    case .tooLarge: "a split may hold \(ReadingLimits.pixelBytes >> 20) MiB of pixels, an image \(ReadingLimits.side) pixels a side"
    case .labelOutOfRange: "the file is damaged, or of another data set"
    case .countsDiffer: "the two files belong to different data sets"
    case .noImages: "take more classes"
    case .outOfRange(_, _, _, let because): because
    }
  }

  private static func quoted(_ path: String) -> String { "\"\(path)\"" }

  /// `a, b or c`.
  private static func list(_ items: [String], _ word: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "the usual folders" }
    return items.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  private static func range(_ range: ClosedRange<Double>) -> String {
    range.lowerBound == range.upperBound ? number(range.lowerBound) : "\(number(range.lowerBound)) to \(number(range.upperBound))"
  }

  private static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String(value)
  }
}
