import Foundation
import TestSupport

/// Makes inputs and has them read, kind after kind.
struct Fuzzer {
  static var kinds: [any InputKind.Type] {
    [TextInputs.self, QueryInputs.self, DateInputs.self, TreeInputs.self, CheckpointInputs.self, DatasetInputs.self]
  }
  /// Wrong answers that are told of.
  private static let mostTold = 20

  let options: Options
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-fuzz-\(getpid())").path
  private var problems = 0

  init(_ options: Options) throws {
    self.options = options
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// - Returns: how many inputs were answered wrongly.
  mutating func run() throws -> Int {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    Watch.begin()
    let start = ContinuousClock.now
    for type in Self.kinds where options.kind == nil || type.name == options.kind {
      let kind = try type.init(folder: folder)
      Watch.name("fuzz-inputs: ended by: --seed \(options.seed) --again \(type.name) ")
      if let number = options.again { return again(number, of: kind) }
      run(kind, count: options.kind == nil ? options.count * type.share / 1_000 : options.count)
    }
    say("\(problems) problems, \(Int(Self.seconds(since: start).rounded())) s, at most \(Self.mostMemory) MiB")
    return problems
  }

  private mutating func run(_ kind: some InputKind, count: Int) {
    let name = type(of: kind).name
    let start = ContinuousClock.now
    var taken = 0
    for number in 0..<count {
      let (input, beginning) = input(number, of: kind)
      var random = beginning
      do throws(WrongAnswer) {
        Watch.expect(number)
        taken += try kind.read(input, &random) ? 1 : 0
      } catch {
        problems += 1
        if problems <= Self.mostTold { say("wrong: --seed \(options.seed) --again \(name) \(number): \(error.words)") }
      }
    }
    let seconds = Self.seconds(since: start)
    say("\(name): \(count) inputs, \(taken) taken, \(Int(seconds.rounded())) s, \(Int(Double(count) / max(seconds, 0.001))) a second")
  }

  /// One input, shown before it is read.
  private func again(_ number: Int, of kind: some InputKind) -> Int {
    let (input, beginning) = input(number, of: kind)
    var random = beginning
    say(String(decoding: input, as: UTF8.self))
    do throws(WrongAnswer) {
      Watch.expect(number)
      say(try kind.read(input, &random) ? "taken" : "refused")
      return 0
    } catch {
      say("wrong: \(error.words)")
      return 1
    }
  }

  /// Made from the kind, the seed and the number alone; what is still random in reading it comes from the generator.
  private func input(_ number: Int, of kind: some InputKind) -> ([UInt8], SplitMix64) {
    let name = type(of: kind).name.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var beginning = SplitMix64(state: UInt64(options.seed) &* 0x9E37_79B9_7F4A_7C15 ^ name)
    var random = SplitMix64(state: beginning.next() &+ UInt64(number) &* 0xD134_2543_DE82_EF95)
    let input = kind.make(&random)
    return (input, random)
  }

  private func say(_ words: String) { FileHandle.standardOutput.write(Data("\(words)\n".utf8)) }

  private static func seconds(since start: ContinuousClock.Instant) -> Double { (ContinuousClock.now - start) / .seconds(1) }

  /// In MiB.
  private static var mostMemory: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1_024
  }
}
