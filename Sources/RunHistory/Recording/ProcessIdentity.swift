import Foundation

/// A process as another one, later, can tell whether it still lives: numbers are used again, so the boot, the process namespace
/// and the start belong to it.
struct ProcessIdentity {
  let host: String
  let number: Int32
  /// `boot/namespace/start`, from `/proc`.
  let identity: String

  static let current = ProcessIdentity(host: ProcessInfo.processInfo.hostName, number: getpid())

  private init(host: String, number: Int32) {
    self.host = host
    self.number = number
    identity = "\(Self.place)/\(Self.start(of: number) ?? "")"
  }

  init(host: String, number: Int32, identity: String) {
    self.host = host
    self.number = number
    self.identity = identity
  }

  enum Life { case alive, gone, unknown }

  /// Certain only for a process of this host, boot and process namespace.
  var life: Life {
    let parts = identity.split(separator: "/", omittingEmptySubsequences: false)
    guard host == Self.current.host, parts.count == 3, "\(parts[0])/\(parts[1])" == Self.place else { return .unknown }
    return Self.start(of: number) == String(parts[2]) ? .alive : .gone
  }

  /// This boot and this process namespace.
  private static let place: String = {
    let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
    let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
    return boot.trimmingCharacters(in: .whitespacesAndNewlines) + "/" + namespace
  }()

  /// When a process started, in clock ticks since boot: the 22nd field of its `stat`; nil when it is gone. The command's name,
  /// second, may hold spaces and parentheses, so fields are counted from the last parenthesis. A zombie is gone.
  private static func start(of number: Int32) -> String? {
    guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8), let end = stat.lastIndex(of: ")")
    else { return nil }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return String(fields[19])
  }
}
