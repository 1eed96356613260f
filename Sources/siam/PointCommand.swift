import ArgumentParser
import Commands
import Foundation

/// What `for … parallel` starts: not for people.
struct PointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "point", abstract: "Run one point of a parallel loop.", shouldDisplay: false)

  @ParentCommand var parent: SiamCommand
  @OptionGroup var options: SharedOptions

  /// Where the process that wants the point is gone, nobody will see it: it ends at its next step, `interrupted`.
  private func endWithParent() {
    let parent = getppid()
    Thread.detachNewThread {
      while getppid() == parent { usleep(500_000) }
      Session.interruption.request()
    }
  }

  func run() throws {
    guard let request = try? PointRequest(json: FileHandle.standardInput.readToEnd() ?? Data()) else {
      throw ValidationError("`siam point` is started by `for … parallel`, which says on standard input what to run.")
    }
    endWithParent()
    throw Invocation(options, over: parent.options, isScript: true, showsProgress: false).run(request)
  }
}
