import Foundation

// Gives the readers of what others wrote a great number of inputs: `scripts/fuzz-inputs` says how it is called.
//
// A trap, two processor seconds for one input, or more memory than `Watch.memory` end the process, and its last line says how to repeat the
// input. Wrong answers are named likewise and counted.
do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()), kinds: Fuzzer.kinds.map { $0.name })
  var fuzzer = try Fuzzer(options)
  exit(try fuzzer.run() == 0 ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("fuzz-inputs: \((error as? Options.WrongUse)?.words ?? "\(error)")\n".utf8))
  exit(2)
}
