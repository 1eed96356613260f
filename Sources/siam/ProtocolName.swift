import ArgumentParser
import LineProtocol

/// How another program may talk to a session.
enum ProtocolName: String, ExpressibleByArgument, CaseIterable { case json }

extension SiamCommand {
  func serve(_ name: ProtocolName) throws -> ExitCode {
    if !statements.isEmpty { throw ValidationError("`-e` stands without `--protocol`.") }
    switch name {
    case .json: return ExitCode(ProtocolServer(options: options.sessionOptions(isInteractive: true)).run())
    }
  }
}
