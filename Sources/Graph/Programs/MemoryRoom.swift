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
}
