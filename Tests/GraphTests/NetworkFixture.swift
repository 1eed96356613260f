import Foundation
import Graph
import Tensors
import TestSupport
import Testing

/// What `make_fixtures.py` writes: named arrays by case.
struct NetworkFixture: Decodable {
  struct Array: Decodable {
    let shape: [Int]
    let values: [Double]
  }

  struct Case: Decodable {
    let stride: Int?
    let padding: Int?
    let affine: Bool?
    let arrays: [String: Array]

    private enum Setting: String, CodingKey { case stride, padding, affine }

    init(from decoder: any Decoder) throws {
      let settings = try decoder.container(keyedBy: Setting.self)
      stride = try settings.decodeIfPresent(Int.self, forKey: .stride)
      padding = try settings.decodeIfPresent(Int.self, forKey: .padding)
      affine = try settings.decodeIfPresent(Bool.self, forKey: .affine)
      arrays = try [String: ArrayOrSetting](from: decoder).compactMapValues(\.array)
    }

    /// The array called `name` as a leaf of `graph`.
    func leaf(_ name: String, in graph: Graph) throws -> Node {
      let array = try #require(arrays[name])
      let tensor = Tensor(shape: Shape(array.shape), values: array.values.map { Float($0) })
      return graph.tensor(tensor, identity: name.hashValue)
    }

    /// The same with the channels of images, which PyTorch has second, last.
    func images(_ name: String, in graph: Graph) throws -> Node {
      let leaf = try leaf(name, in: graph)
      return leaf.shape.rank == 4 ? leaf.channelsLast() : leaf
    }
  }

  private enum ArrayOrSetting: Decodable {
    case array(Array)
    case setting

    init(from decoder: any Decoder) throws { self = (try? Array(from: decoder)).map(Self.array) ?? .setting }

    var array: Array? { if case .array(let array) = self { array } else { nil } }
  }

  let convolution: [Case]
  let batchNorm: [Case]
  let pooling: [Case]
  let linear: [Case]

  static func load() throws -> NetworkFixture {
    let url = Fixtures.url("Fixtures/Network/network.json", beside: #filePath)
    return try JSONDecoder().decode(NetworkFixture.self, from: Data(contentsOf: url))
  }
}

extension NetworkFixture.Case {
  /// Runs a program with the outputs of `build` and holds each against the array of its name: within `tolerance` of the array's
  /// largest value.
  func check(tolerance: Double = 1e-5, _ build: (Graph) throws -> [String: Node?]) throws {
    let graph = Graph()
    let named = try build(graph).sorted { $0.key < $1.key }
    let program = try Program(outputs: named.map { try #require($0.value, "\($0.key) has no gradient") })
    program.run()
    for (output, name) in named.map(\.key).enumerated() {
      let expected = try #require(arrays[name], "the fixture has no \(name)")
      let found = program.tensor(output)
      #expect(found.shape.extents == expected.shape, "\(name)")
      let scale = expected.values.map(abs).max() ?? 0
      let difference = zip(found.values, expected.values).map { abs(Double($0) - $1) }.max() ?? 0
      #expect(difference <= tolerance * max(scale, 1e-30), "\(name) is off by \(difference / scale)")
    }
  }
}

extension Node {
  /// Images [N, H, W, C] as PyTorch has them, [N, C, H, W]; of features nothing changes.
  var asInPyTorch: Node {
    guard shape.rank == 4 else { return self }
    return reshaped([shape[0], shape[1] * shape[2], shape[3]]).swappingLastAxes().reshaped([shape[0], shape[3], shape[1], shape[2]])
  }
}
