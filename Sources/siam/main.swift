import ArgumentParser
import Foundation
import Processor

// Before anything else: an instruction that the processor does not have would end the program without a word.
let missing = ProcessorFeatures.missing(from: ProcessorFeatures.available())
if !missing.isEmpty {
  FileHandle.standardError.write(
    Data(
      """
      siam: this program was compiled for another processor: this one lacks \(missing.joined(separator: ", ")).
        hint: build it here (`scripts/siam`), or anywhere with SIAM_PORTABLE=1

      """.utf8))
  exit(2)
}

DeepStack.run {
  do {
    var command = try SiamCommand.parseAsRoot(TypedArguments.readable(Array(CommandLine.arguments.dropFirst())))
    try command.run()
    exit(0)
  } catch {
    // The parser's own status for wrong usage is 64; here it is 2, as for a wrong statement.
    let status = SiamCommand.exitCode(for: error)
    let message = TypedArguments.shown(SiamCommand.fullMessage(for: error))
    if status == .success, !message.isEmpty {
      print(message)
      exit(0)
    }
    guard status == .validationFailure else { SiamCommand.exit(withError: error) }
    let hint = UsageHint.after(message, to: Array(CommandLine.arguments.dropFirst())).map { "  hint: \($0)\n" } ?? ""
    FileHandle.standardError.write(Data((message + "\n" + hint).utf8))
    exit(2)
  }
}
