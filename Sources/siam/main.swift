import ArgumentParser
import Foundation
import Processor
import SourceText

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
    var command = try SiamCommand.parseAsRoot()
    try command.run()
    exit(0)
  } catch {
    // The parser's own status for wrong usage is 64; here it is 2, as for a wrong statement.
    let status = SiamCommand.exitCode(for: error)
    guard status == .validationFailure else { SiamCommand.exit(withError: error) }
    var message = SiamCommand.fullMessage(for: error)
    if let path = CommandLine.arguments.dropFirst().first, message.contains("Unexpected argument '\(path)'"),
      FileManager.default.fileExists(atPath: path)
    {
      message += "\n  To run a script: siam run \(path)"
    } else if let word = CommandLine.arguments.dropFirst().first, message.contains("'\(word)'"),
      let question = NearestNames.question(for: word, among: SiamCommand.configuration.subcommands.compactMap(\.configuration.commandName))
    {
      message += "\n  hint: \(question)"
    }
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(2)
  }
}
