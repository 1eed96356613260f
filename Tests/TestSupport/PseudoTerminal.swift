import Foundation

/// A program at a terminal that this test holds the other end of: types keys, and waits for what appears.
///
/// Waiting is for a text, never for a time: a test fails only when the text has not come within a minute.
public final class PseudoTerminal {
  public enum Failure: Error, CustomStringConvertible {
    case system(String, Int32)
    /// The text awaited did not come; with what had come since the last one that did.
    case missing(String, seen: String)
    case stillRunning(seen: String)

    public var description: String {
      switch self {
      case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
      case .missing(let text, let seen): "\(text.debugDescription) did not appear in \(seen.debugDescription)"
      case .stillRunning(let seen): "the program did not end; last seen \(seen.debugDescription)"
      }
    }
  }

  public enum Key {
    public static let tab = "\t"
    public static let enter = "\r"
    public static let up = "\u{1B}[A"
    public static let backspace = "\u{7F}"
    /// `control("c")` is Ctrl-C.
    public static func control(_ letter: Character) -> String {
      String(UnicodeScalar((letter.asciiValue ?? 0) & 0x1F))
    }
  }

  public let processIdentifier: pid_t
  private let descriptor: Int32
  /// Everything the program wrote, byte for byte.
  public private(set) var transcript = ""
  /// What came after the last text that was waited for.
  private var unread: [UInt8] = []
  private var exitStatus: Int32?

  /// Starts the program, `siam` where no other is named, in a terminal of its own.
  public init(
    _ arguments: [String] = [], program: String = SiamBinary.url.path, home: TemporaryFolder, columns: UInt16 = 80, rows: UInt16 = 24,
    changes: [String: String?] = [:]
  ) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var ours: Int32 = -1
    var theirs: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    guard openpty(&ours, &theirs, nil, nil, &size) == 0, ttyname_r(theirs, &name, name.count) == 0 else {
      throw Failure.system("openpty", errno)
    }
    for end in [ours, theirs] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    descriptor = ours
    // Ours is open until the program has its own: a terminal whose last user closes it hangs up.
    defer { close(theirs) }
    processIdentifier = try Self.start(
      [program] + arguments, terminal: name, folder: home.path, environment: SiamBinary.environment(home: home, changes: changes))
  }

  deinit {
    if exitStatus == nil {
      kill(processIdentifier, SIGKILL)
      var status: Int32 = 0
      waitpid(processIdentifier, &status, 0)
    }
    close(descriptor)
  }

  public func resize(columns: UInt16, rows: UInt16 = 24) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0 else { throw Failure.system("TIOCSWINSZ", errno) }
  }

  public func type(_ keys: String) throws {
    var bytes = Array(keys.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure.system("write", errno) }
      bytes = bytes.dropFirst(count)
    }
  }

  public func send(_ signal: Int32) {
    kill(processIdentifier, signal)
  }

  /// Waits until the program has written the text, and returns what came before it since the last call.
  @discardableResult
  public func expect(_ text: String) throws -> String {
    let wanted = Array(text.utf8)
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      if let range = unread.firstRange(of: wanted) {
        let before = String(decoding: unread[..<range.lowerBound], as: UTF8.self)
        unread.removeSubrange(..<range.upperBound)
        return before
      }
      guard ContinuousClock.now < deadline, receive(wait: 1000) != .end else {
        throw Failure.missing(text, seen: String(decoding: unread, as: UTF8.self))
      }
    }
  }

  /// Waits for the prompt, types a line and returns what is shown up to the next prompt.
  @discardableResult
  public func run(_ line: String) throws -> String {
    try type(line + Key.enter)
    try expect("\n")
    return try expect("siam> ")
  }

  /// Whether a line is answered so, where signals sent before it may clear it still: then it is typed again.
  public func answers(_ line: String, with text: String) throws -> Bool {
    for _ in 0..<5 where try run(line).contains(text) { return true }
    return false
  }

  /// Waits for the program's end: its exit status, or 128 + n when signal n ended it.
  public func waitForEnd() throws -> Int32 {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      var status: Int32 = 0
      receive(wait: 20)
      if waitpid(processIdentifier, &status, WNOHANG) == processIdentifier {
        while receive(wait: 0) == .bytes {}
        let result = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        exitStatus = result
        return result
      }
    }
    throw Failure.stillRunning(seen: String(decoding: unread, as: UTF8.self))
  }

  private enum Arrival { case bytes, nothing, end }

  /// Reads what is there, or comes within the time given.
  @discardableResult
  private func receive(wait milliseconds: Int32) -> Arrival {
    var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&source, 1, milliseconds) > 0 else { return .nothing }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    // The program has closed its end.
    guard count > 0 else { return .end }
    unread += bytes[..<count]
    transcript += String(decoding: bytes[..<count], as: UTF8.self)
    return .bytes
  }

  /// POSIX_SPAWN_SETSID, which glibc declares for GNU sources only.
  private static let newSession: Int16 = 0x80

  /// The child leads a session of its own, and the terminal it opens first becomes that session's.
  private static func start(
    _ arguments: [String], terminal: [CChar], folder: String, environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A thread of the tests' may have signals blocked or ignored; a shell's child has none.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | newSession)
    let line = ["env", "-C", folder] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, "/usr/bin/env", &actions, &attributes, &words, &variables)
    guard code == 0 else { throw Failure.system("posix_spawn \(line.joined(separator: " "))", code) }
    return identifier
  }
}
