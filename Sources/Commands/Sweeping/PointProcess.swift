import Foundation

/// A process of this program that runs one point of a parallel loop. It stands in a group of its own, so that Ctrl-C reaches it through its parent
/// alone, and what it says goes into files, so that neither waits for the other.
final class PointProcess {
  private let request: PointRequest
  let identifier: pid_t
  /// As a shell tells it: the exit status, or 128 and the signal; nil while it runs.
  private(set) var status: Int32?

  struct Failure: Error { let reason: String }

  init(_ request: PointRequest, arguments: [String], environment: [String: String]) throws {
    self.request = request
    try FileManager.default.createDirectory(atPath: request.folder, withIntermediateDirectories: true)
    try request.json.write(to: URL(fileURLWithPath: request.folder + "/request"))
    identifier = try Self.spawn(SiamVersion.program, ["siam", "point"] + arguments, environment, request.folder)
  }

  var point: Int { request.point }

  private static func spawn(_ program: String, _ arguments: [String], _ environment: [String: String], _ folder: String) throws -> pid_t {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, folder + "/request", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, folder + "/output", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, folder + "/errors", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var identifier: pid_t = 0
    let error = posix_spawn(&identifier, program, &files, &attributes, &words, &variables)
    guard error == 0 else { throw Failure(reason: String(cString: strerror(error))) }
    return identifier
  }

  /// Looks whether it has ended.
  func poll() {
    guard status == nil else { return }
    var state: Int32 = 0
    let ended = waitpid(identifier, &state, WNOHANG)
    // Somebody else has taken its status.
    if ended < 0, errno == ECHILD { status = SessionEnd.failed.exitStatus }
    guard ended == identifier else { return }
    let signal = state & 0x7f
    status = signal == 0 ? (state >> 8) & 0xff : 128 + signal
  }

  /// As Ctrl-C: it ends at its next step, and its run is `interrupted`.
  func interrupt() { if status == nil { kill(identifier, SIGINT) } }

  /// What the point wrote down; nil where it did not come to that.
  var madeRuns: [PointRequest.MadeRun]? {
    (try? Data(contentsOf: URL(fileURLWithPath: request.report))).flatMap { try? JSONDecoder().decode([PointRequest.MadeRun].self, from: $0) }
  }

  var output: String { text("output") }
  var errors: String { text("errors") }

  private func text(_ name: String) -> String {
    (try? Data(contentsOf: URL(fileURLWithPath: "\(request.folder)/\(name)"))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
