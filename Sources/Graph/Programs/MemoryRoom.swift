import Foundation

/// How much memory may still be asked for: an allocation that fails ends the program, so what is large is refused before.
public enum MemoryRoom {
  /// Of the machine's memory what this process does not hold yet, or less where the process has a limit of its own (`ulimit -v`).
  public static var bytes: Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ").prefix(2).compactMap { Int($0) } ?? []
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let (mapped, resident) = pages.count == 2 ? (pages[0] * page, pages[1] * page) : (0, 0)
    var room = Int(clamping: ProcessInfo.processInfo.physicalMemory) - resident
    var limit = rlimit()
    if getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur != .max {
      // The stacks and tables of threads come out of it, too.
      room = min(room, Int(clamping: limit.rlim_cur) - mapped - (64 << 20))
    }
    return max(0, room)
  }

  /// Why so many bytes cannot be had; nil where they can.
  public static func shortage(of bytes: Int) -> Shortage? {
    // What is small is asked for too often to look each time.
    guard bytes >= 1 << 20 else { return nil }
    let room = self.bytes
    return bytes <= room ? nil : Shortage(bytes: bytes, room: room)
  }

  /// More was needed than there was.
  public struct Shortage: Hashable, Sendable, CustomStringConvertible {
    public let bytes: Int
    public let room: Int

    /// `5.2 GiB, and there is room for 1.3 GiB`.
    public var description: String { "\(MemoryRoom.gibibytes(bytes)), and there is room for \(MemoryRoom.gibibytes(room))" }
  }

  static func gibibytes(_ bytes: Int) -> String { "\((Double(bytes) / Double(1 << 30) * 10).rounded() / 10) GiB" }
}
