import Foundation
import RunHistory

/// Where a history goes on, or is kept whole, when its own file can no longer be written: `siam-rescue-4711/history.sqlite`, in the current folder or,
/// where that is no better, in the one for temporary files. The folder is one that `SIAM_HOME` may name.
enum RescueFolder {
  /// - Returns: the path of the copy; nil where neither folder takes it.
  static func save(_ history: RunHistory) -> String? {
    for place in [FileManager.default.currentDirectoryPath, NSTemporaryDirectory()] {
      guard let folder = make(in: place) else { continue }
      let path = folder + "/history.sqlite"
      if (try? history.save(to: path)) != nil { return path }
      rmdir(folder)
    }
    return nil
  }

  /// A folder that was not there before.
  private static func make(in place: String) -> String? {
    let name = URL(fileURLWithPath: place).appendingPathComponent("siam-rescue-\(getpid())").path
    for number in 1...100 {
      let path = number == 1 ? name : "\(name)-\(number)"
      if mkdir(path, 0o755) == 0 { return path }
      guard errno == EEXIST else { return nil }
    }
    return nil
  }
}
