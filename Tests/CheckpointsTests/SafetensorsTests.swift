import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

/// The format, against files that Python's safetensors wrote (`Fixtures/make.py`) and the hash against `sha256sum`.
@Suite struct SafetensorsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func fixture(_ name: String) -> String { Fixtures.url("Fixtures/\(name)", beside: #filePath).path }

  private static let values: [(name: String, shape: Shape, values: [Float])] = [
    ("h/fc1/weight", [2, 3], (0..<6).map { Float($0) / 4 }),
    ("encoder/conv1/weight", [2, 1, 2, 2], (0..<8).map { -Float($0) }),
    ("a \"quoted\" τ", [4], [1.5, .infinity, .nan, -0.0]),
    ("empty", [0, 3], []),
    ("scalar", [], [3.25])
  ]

  private static func tensor(_ name: String, _ shape: Shape, _ values: [Float]) -> NamedTensor {
    let buffer = Buffer(count: values.count)
    buffer.pointer.update(from: values, count: values.count)
    return NamedTensor(name: name, shape: shape, buffer: buffer)
  }

  @Test func readsWhatPythonWrote() throws {
    let file = try SafetensorsFile(Self.fixture("python.safetensors"))
    #expect(file.header.metadata == ["made by": "Python\n\"safetensors\""])
    let contents = try file.contents()
    #expect(contents.hash == "43cbdb77c3d661cc67a1306a38631861d1e0e08853b9d8c4dc3520137766dee7")
    #expect(contents.header.entries.count == Self.values.count)
    for (name, shape, values) in Self.values {
      let tensor = try #require(contents.tensor(name))
      #expect(tensor.shape == shape)
      #expect(tensor.values.map(\.bitPattern) == values.map(\.bitPattern))
    }
    #expect(contents.tensor("nothing") == nil)
  }

  @Test func writesPythonsBytes() throws {
    let path = folder.path + "/ours.safetensors"
    let hash = try SafetensorsWriter.write(
      Self.values.map { Self.tensor($0.name, $0.shape, $0.values) }, metadata: ["made by": "Python\n\"safetensors\""], to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(contentsOf: URL(fileURLWithPath: Self.fixture("python.safetensors"))))
    #expect(hash == "43cbdb77c3d661cc67a1306a38631861d1e0e08853b9d8c4dc3520137766dee7")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["ours.safetensors"])
  }

  /// Lengths on both sides of a block's end.
  @Test(arguments: 0..<18) func hashesAsSha256sum(_ count: Int) throws {
    let path = folder.path + "/x.safetensors"
    let hash = try SafetensorsWriter.write([Self.tensor("x", [count], (0..<count).map(Float.init))], to: path)
    #expect(try SafetensorsFile(path).contents().hash == hash)
    #expect(try ExternalProgram.run("sha256sum", path).output.hasPrefix(hash + " "))
  }

  // MARK: What is refused

  private func message(_ bytes: Data) throws -> String {
    let path = try folder.write(bytes, to: "x")
    do throws(CheckpointError) {
      _ = try SafetensorsFile(path, called: "x").contents(limit: 1 << 20)
      return "read"
    } catch {
      return error.message
    }
  }

  private func message(header: String, data: Int = 0) throws -> String {
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    return try message(length + Data(header.utf8) + Data(count: data))
  }

  @Test(arguments: [
    ("{}", 0, "read"),
    ("{ \"a\" : {\"dtype\":\"F32\", \"shape\":[1], \"data_offsets\":[0, 4]} }  ", 4, "read"),
    ("{\"\\ud83d\\ude00\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 4, "read"),
    ("{", 0, "`x` is no safetensors file: its header is not the JSON it should be, at byte 1"),
    ("[]", 0, "`x` is no safetensors file: its header is not the JSON it should be, at byte 0"),
    ("{}x", 0, "`x` is no safetensors file: its header is not the JSON it should be, at byte 2"),
    ("{\"a\":{}}", 0, "`x` is no safetensors file: tensor `a` lacks its dtype, shape or data_offsets"),
    (
      "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4,
      "`x` is no safetensors file: tensor `a` is BF16, and Siam reads F32"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4,
      "`x` is no safetensors file: tensor `a` is 2, and its data_offsets are [0, 4]"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4,
      "`x` is no safetensors file: tensor `a` is 1, and its data_offsets are [4, 0]"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8,
      "`x` is no safetensors file: tensor `a` begins at byte 4 of the data, where 0 is next"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
      "`x` is no safetensors file: tensor `b` begins at byte 0 of the data, where 4 is next"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0,
      "`x` is no safetensors file: its header names `a` twice"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":[]}}", 4,
      "`x` is no safetensors file: tensor `a` has a `more`, which the format does not know"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,8],\"data_offsets\":[0,4]}}", 4,
      "`x` is no safetensors file: tensor `a` is 4611686018427387904×8, and its data_offsets are [0, 4]"
    ),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 3, "`x` is cut off: 65 of 66 bytes are there"),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2305843009213693951],\"data_offsets\":[0,9223372036854775804]}}", 4,
      "`x` is cut off: 102 of 9223372036854775807 bytes are there"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 6,
      "`x` is no safetensors file: 2 bytes follow the data that its header tells of"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000],\"data_offsets\":[0,4000000]}}", 4_000_000,
      "`x` holds 4000000 bytes, and 1048576 is the most that is read"
    ),
    (
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4,
      "`x` is no safetensors file: its header is not the JSON it should be, at byte 29"
    ),
    ("{\"a\\ud800\":{}}", 0, "`x` is no safetensors file: its header is not the JSON it should be, at byte 9"),
    ("{\"a\u{1}\":{}}", 0, "`x` is no safetensors file: its header is not the JSON it should be, at byte 4")
  ])
  func header(_ header: String, _ data: Int, _ expected: String) throws {
    #expect(try message(header: header, data: data) == expected)
  }

  @Test func whatIsNoFile() throws {
    #expect(try message(Data([1, 2, 3])) == "`x` is no safetensors file: it has 3 bytes, and the header's length alone takes 8")
    #expect(
      try message(Data("#!/bin/sh\necho\n".utf8)) == "`x` is no safetensors file: its first 8 bytes are no header's length (8299974037164990755)")
    #expect(try message(Data([200, 0, 0, 0, 0, 0, 0, 0, 1])) == "`x` is cut off: 9 of 208 bytes are there")
    #expect(
      try message(Data([2, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFE])) == "`x` is no safetensors file: its header is not the JSON it should be, at byte 0")
    #expect(throws: CheckpointError.isFolder("x")) { try SafetensorsFile(folder.path, called: "x") }
    #expect(throws: CheckpointError.missing("x")) { try SafetensorsFile(folder.path + "/none", called: "x") }
    #expect(throws: CheckpointError.noFile("x")) { try SafetensorsFile("/dev/zero", called: "x") }
    #expect(throws: CheckpointError.notSafetensors("x", reason: "tensor `x` is F64, and Siam reads F32")) {
      try SafetensorsFile(Self.fixture("float64.safetensors"), called: "x")
    }
  }

  /// Cut anywhere, or with any bit of its header turned, a file is refused or read; nothing traps.
  @Test func damagedFiles() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.fixture("python.safetensors")))
    for count in 0..<bytes.count { #expect(try message(bytes.prefix(count)) != "read") }
    for place in 0..<400 {
      var damaged = bytes
      damaged[place] ^= 1 << (place % 8)
      _ = try message(damaged)
    }
  }

  // MARK: Writing

  @Test func aFailedWriteLeavesWhatWasThere() throws {
    let folder = self.folder.path
    let tensors = [Self.tensor("x", [1], [1])]
    #expect(throws: CheckpointError.notWritten("`\(folder)/none/x` cannot be written: No such file or directory")) {
      try SafetensorsWriter.write(tensors, to: folder + "/none/x")
    }
    #expect(throws: CheckpointError.isFolder(folder)) { try SafetensorsWriter.write(tensors, to: folder) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func theStateRoundTrips() throws {
    var state = LiveState()
    state.step = 40
    state.seed = .max
    state.draws = ["val A": 3]
    state.values = [
      .init(name: "x", source: "0/0", value: .list([.number("nan"), .number("-0.0"), .text("\"τ\"\n"), .flag(true), .missing])),
      .init(name: "A", source: "Za", value: .tensor("val/A", axes: ["batch", nil, ":g"]))
    ]
    state.plan = .init(totalSteps: 100, doneSteps: 40, stepsPerEpoch: 8, loss: "-Pa . sg(Zb)")
    state.architecture = [.init("encoder", "mlp 16")]
    let path = folder.path + "/x.safetensors"
    let hash = try Checkpoint(state: state, tensors: [Self.tensor("a", [2], [1, 2])]).write(to: path)
    let loaded = try LoadedCheckpoint(contentsOf: path)
    #expect(loaded.state == state)
    #expect(loaded.hash == hash)
    #expect(loaded.contents.tensor("a")?.values == [1, 2])
  }

  /// What cannot be counted on from there.
  @Test(
    arguments: [
      { $0.step = .max }, { $0.step = -1 }, { $0.draws = ["val A": .max] },
      { $0.plan = .init(totalSteps: .max, doneSteps: 1, stepsPerEpoch: 8, loss: nil) },
      { $0.plan = .init(totalSteps: 1, doneSteps: 2, stepsPerEpoch: 8, loss: nil) },
      { $0.plan = .init(totalSteps: 8, doneSteps: 1, stepsPerEpoch: .max, loss: nil) },
      { $0.plan = .init(totalSteps: 8, doneSteps: 1, stepsPerEpoch: 0, loss: nil) }
    ] as [@Sendable (inout LiveState) -> Void])
  func stepsOutOfRange(_ change: @Sendable (inout LiveState) -> Void) throws {
    var state = LiveState()
    change(&state)
    let path = folder.path + "/x.safetensors"
    try Checkpoint(state: state, tensors: []).write(to: path)
    #expect(throws: CheckpointError.notSafetensors("x", reason: "its steps are out of range")) { try LoadedCheckpoint(contentsOf: path, called: "x") }
  }

  @Test(arguments: [
    ([:], "`x` is no checkpoint of Siam: it has tensors, but not what Siam writes beside them"),
    (["siam_checkpoint": "2", "state": "{}"], "`x` was written by a newer Siam (checkpoint format 2, this one knows 1)"),
    (["siam_checkpoint": "1", "state": "{"], "`x` is no safetensors file: what Siam writes beside the tensors is damaged")
  ])
  func foreignMetadata(_ metadata: [String: String], _ expected: String) throws {
    let path = folder.path + "/x.safetensors"
    try SafetensorsWriter.write([], metadata: metadata, to: path)
    do throws(CheckpointError) {
      _ = try LoadedCheckpoint(contentsOf: path, called: "x")
      Issue.record("it was read")
    } catch {
      #expect(error.message == expected)
    }
  }
}
