import Checkpoints
import Foundation
import TestSupport
import Tensors

/// Checkpoints, and safetensors files that are none.
final class CheckpointInputs: InputKind {
  static let name = "checkpoint"
  static let share = 150
  private let path: String
  private let sound: [[UInt8]]

  init(folder: String) throws {
    path = folder + "/input.safetensors"
    var state = LiveState()
    state.step = 30
    state.draws = ["print": 3]
    state.plan = .init(totalSteps: 100, doneSteps: 30, stepsPerEpoch: 4, loss: "-Za . sg(Zb)")
    state.values = [
      .init(name: "A", source: "[1, 2]", value: .list([.number("1"), .number("nan"), .flag(true), .missing])),
      .init(name: "T", source: "Za", value: .tensor("w", axes: ["batch", nil]))
    ]
    state.architecture = [.init("encoder", "mlp 16")]
    let tensors = [NamedTensor(name: "w", shape: [3, 2], buffer: Buffer(count: 6)), NamedTensor(name: "b·é", shape: [], buffer: Buffer(count: 1))]
    var sound: [[UInt8]] = []
    for tensors in [tensors, [], [NamedTensor(name: "empty", shape: [0, 5], buffer: Buffer(count: 0))] + tensors] {
      try Checkpoint(state: state, tensors: tensors).write(to: path)
      sound.append(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    }
    self.sound = sound
  }

  func make(_ random: inout SplitMix64) -> [UInt8] {
    let sound = random.pick(sound)
    switch random.integer(0...9) {
    case 0, 1: return header(&random)
    case 2:
      // The length alone.
      let length = random.pick([0, 1, 7, 8, 99_999_999, 100_000_001, UInt64(Int64.max), UInt64.max, UInt64(sound.count - 8), random.next()])
      return withUnsafeBytes(of: length.littleEndian, Array.init) + sound[8...]
    case 3, 4: return random.damaged(sound, with: random.pick(self.sound))
    default: return withLength(random.damaged(Array(headerText(of: sound)), with: Array(headerText(of: random.pick(self.sound)))), dataOf: sound)
    }
  }

  private func headerText(of file: [UInt8]) -> ArraySlice<UInt8> { file[8..<8 + Int(file[0]) + Int(file[1]) << 8] }

  /// The length is true, whatever the header says.
  private func withLength(_ header: [UInt8], dataOf sound: [UInt8]) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header + sound[headerText(of: sound).endIndex...]
  }

  /// A header with shapes and offsets of its own.
  private func header(_ random: inout SplitMix64) -> [UInt8] {
    let numbers = ["0", "1", "2", "3", "4", "8", "4294967296", "3037000500", "2305843009213693952", "4611686018427387904", "9223372036854775807"]
    var members: [String] = []
    for name in ["a", "b", "c"].prefix(random.integer(0...3)) {
      let shape = (0..<random.integer(0...4)).map { _ in random.pick(numbers) }.joined(separator: ",")
      let offsets = (0..<random.pick([2, 2, 2, 2, 1, 3])).map { _ in random.pick(numbers) }.joined(separator: ",")
      let dtype = random.pick(["F32", "F32", "F32", "F64", "I8"])
      members.append("\"\(name)\":{\"dtype\":\"\(dtype)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}")
    }
    if random.chance(0.5) {
      let state = random.pick([
        "{}", "[", String(repeating: "[", count: 5_000), String(repeating: "{\\\"a\\\":", count: 3_000),
        "{\\\"values\\\":[{\\\"name\\\":\\\"x\\\",\\\"source\\\":\\\"\\\",\\\"value\\\":"
          + String(repeating: "{\\\"list\\\":{\\\"_0\\\":[", count: 600)
      ])
      members.append("\"__metadata__\":{\"siam_checkpoint\":\"\(random.pick(["1", "2", ""]))\",\"state\":\"\(state)\"}")
    }
    let text = Array("{\(members.joined(separator: ","))}".utf8)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian, Array.init) + text + [UInt8](repeating: 7, count: random.pick([0, 4, 8, 12, 16, 32]))
  }

  func read(_ input: [UInt8], _ random: inout SplitMix64) throws(WrongAnswer) -> Bool {
    InputFile.write(input, to: path)
    do {
      let loaded = try LoadedCheckpoint(contentsOf: path)
      try check(loaded.contents, input)
      return true
    } catch let error as CheckpointError {
      guard case .foreign = error else { return try check(error.message) }
    } catch let error as WrongAnswer {
      throw error
    } catch {
      throw WrongAnswer("\(error)")
    }
    do {
      try check(try SafetensorsFile(path).contents(), input)
      return true
    } catch let error as CheckpointError {
      return try check(error.message)
    } catch {
      throw error as? WrongAnswer ?? WrongAnswer("\(error)")
    }
  }

  /// What is taken accounts for every byte of the file, each tensor's lie within it, and all can be read.
  private func check(_ contents: SafetensorsContents, _ input: [UInt8]) throws(WrongAnswer) {
    let length = input.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard 8 + length + contents.header.dataLength == input.count else { throw WrongAnswer("\(input.count) bytes, header of \(length)") }
    var end = 0
    for entry in contents.header.entries {
      guard entry.range.lowerBound == end, entry.range.count == entry.shape.count * 4 else { throw WrongAnswer("\(entry)") }
      end = entry.range.upperBound
      guard let tensor = contents.tensor(entry.name), tensor.shape == entry.shape else { throw WrongAnswer("no tensor \(entry.name)") }
    }
    guard contents.hash.count == 64 else { throw WrongAnswer("hash \(contents.hash)") }
  }

  private func check(_ message: String) throws(WrongAnswer) -> Bool {
    // What a header says is quoted, and may be as long as the header.
    if message.isEmpty { throw WrongAnswer("no words") }
    return false
  }
}
