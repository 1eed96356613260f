import ArgumentParser
import Foundation
import Pages
import SourceText

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script.")

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  @Argument(help: ArgumentHelp("A .siam file; `-` is standard input.", valueName: "file"), completion: .file(extensions: ["siam"]))
  var path: String

  @Option(help: ArgumentHelp("Run one point of the script's parallel loops, counted from 0, and nothing behind it.", valueName: "number"))
  var point: Int?

  @Option(
    help: ArgumentHelp("Write what the script says, does and answers to one file that can be handed on: .html or .md.", valueName: "file"),
    completion: .file(extensions: ["html", "md"]))
  var report: String?

  func validate() throws {
    if let report, ReportFile(report) == nil { throw ValidationError("`--report \(report)`: a report ends in .html or .md.") }
    if report != nil, point != nil { throw ValidationError("`--report` is of a whole script, `--point` of one point of it.") }
    if let point, point < 0 { throw ValidationError("`--point \(point)`: points are counted from 0.") }
    if point != nil, path == "-" { throw ValidationError("`--point` needs a file.") }
  }

  func run() throws {
    if let report = report.flatMap(ReportFile.init) {
      if !parent.statements.isEmpty { throw ValidationError("`-e` stands without a subcommand.") }
      let invocation = ReportInvocation(options.sessionOptions(over: parent.options, isInteractive: false, isScript: true), to: report)
      throw invocation.run { () throws(Diagnostic) in
        path == "-" ? try SourceFile(descriptor: STDIN_FILENO, called: "<stdin>") : try SourceFile(contentsOf: path)
      }
    }
    let invocation = try parent.invocation(options, isScript: true)
    if path == "-" { throw StandardInputCommand.run(in: invocation) }
    if let point { throw invocation.run(point: point) { () throws(Diagnostic) in try SourceFile(contentsOf: path) } }
    throw invocation.run { () throws(Diagnostic) in try SourceFile(contentsOf: path) }
  }
}
