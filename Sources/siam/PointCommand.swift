import ArgumentParser
import Commands
import Foundation

/// What `for … parallel` starts: not for people.
struct PointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "point", abstract: "Run one point of a parallel loop.", shouldDisplay: false)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  func run() throws {
    guard let request = try? PointRequest(json: FileHandle.standardInput.readToEnd() ?? Data()) else {
      throw ValidationError("`siam point` is started by `for … parallel`, which says on standard input what to run.")
    }
    throw Invocation(options, over: parent.options, isScript: true, showsProgress: false).run(request)
  }
}
