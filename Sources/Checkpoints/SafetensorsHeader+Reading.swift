import Tensors

/// What is wrong with a header, in a few words.
struct HeaderProblem: Error {
  let words: String

  init(_ words: String) { self.words = words }
}

extension SafetensorsHeader {
  /// Reads a header (without its length) and checks it against the format: dtypes, sizes, names, and offsets that leave no gap and do not overlap.
  init(json: [UInt8]) throws(HeaderProblem) {
    var scanner = HeaderScanner(json)
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    try scanner.object { key, scanner throws(HeaderProblem) in
      if key == Self.metadataKey {
        try scanner.object { key, scanner throws(HeaderProblem) in metadata[key] = try scanner.string() }
      } else {
        entries.append(try Self.entry(key, &scanner))
      }
    }
    try scanner.end()
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw HeaderProblem("tensor `\(entry.name)` begins at byte \(entry.range.lowerBound) of the data, where \(end) is next")
      }
      end = entry.range.upperBound
    }
    self.init(entries: entries, metadata: metadata)
  }

  private static func entry(_ name: String, _ scanner: inout HeaderScanner) throws(HeaderProblem) -> Entry {
    var dtype: String?
    var extents: [Int]?
    var offsets: [Int]?
    try scanner.object { key, scanner throws(HeaderProblem) in
      switch key {
      case "dtype": dtype = try scanner.string()
      case "shape": extents = try scanner.integers()
      case "data_offsets": offsets = try scanner.integers()
      default: throw HeaderProblem("tensor `\(name)` has a `\(key)`, which the format does not know")
      }
    }
    guard let dtype, let extents, let offsets, offsets.count == 2 else {
      throw HeaderProblem("tensor `\(name)` lacks its dtype, shape or data_offsets")
    }
    guard dtype == "F32" else { throw HeaderProblem("tensor `\(name)` is \(dtype), and Siam reads F32") }
    let shape = Shape(extents)
    let (bytes, overflows) = shape.count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflows, offsets[0] <= offsets[1], offsets[1] - offsets[0] == bytes else {
      throw HeaderProblem("tensor `\(name)` is \(shape), and its data_offsets are [\(offsets[0]), \(offsets[1])]")
    }
    return Entry(name: name, shape: shape, range: offsets[0]..<offsets[1])
  }
}
