import Tables
import Tensors

/// The JSON header of a safetensors file: which tensors there are, where their bytes lie, and what else is told of them.
public struct SafetensorsHeader: Hashable, Sendable {
  /// A float32 tensor.
  public struct Entry: Hashable, Sendable {
    public let name: String
    public let shape: Shape
    /// Its bytes, counted from the end of the header.
    public let range: Range<Int>
  }

  /// In the order of their bytes, which lie one behind the other without a gap.
  public let entries: [Entry]
  public let metadata: [String: String]

  /// Lays tensors out as the reference implementation does: ordered by the bytes of their names.
  ///
  /// - Precondition: no two have one name.
  public init(tensors: [(name: String, shape: Shape)], metadata: [String: String]) {
    var offset = 0
    entries = tensors.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }.map { name, shape in
      defer { offset += shape.count * MemoryLayout<Float>.stride }
      return Entry(name: name, shape: shape, range: offset..<offset + shape.count * MemoryLayout<Float>.stride)
    }
    self.metadata = metadata
  }

  init(entries: [Entry], metadata: [String: String]) {
    self.entries = entries
    self.metadata = metadata
  }

  /// The bytes of all tensors together.
  public var dataLength: Int { entries.last?.range.upperBound ?? 0 }

  /// The header's length as 8 little-endian bytes, then the header, filled up with blanks so that the data begin at a multiple of 8.
  var bytes: [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(JSONText.string($0.key)):\(JSONText.string($0.value))" }
      members.append("\(JSONText.string(Self.metadataKey)):{\(pairs.joined(separator: ","))}")
    }
    members += entries.map { entry in
      let extents = entry.shape.extents.map(String.init).joined(separator: ",")
      return "\(JSONText.string(entry.name)):{\"dtype\":\"F32\",\"shape\":[\(extents)],"
        + "\"data_offsets\":[\(entry.range.lowerBound),\(entry.range.upperBound)]}"
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian, Array.init) + text
  }

  static let metadataKey = "__metadata__"
}
