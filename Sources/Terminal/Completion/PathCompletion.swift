import Foundation
import SourceText

/// A file or folder that a path could go on with.
public struct FolderEntry: Equatable, Sendable {
  public let name: String
  public let isFolder: Bool

  public init(_ name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }

  /// The entries of a folder; none when it cannot be read. A leading `~` is the home folder.
  public static func list(_ path: String) -> [FolderEntry] {
    let folder = HomeFolder.expanding(path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
      return FolderEntry(name, isFolder: isFolder.boolValue)
    }
  }
}

extension FolderEntry {
  /// What SQLite keeps beside a database belongs to it.
  fileprivate var belongsToAnother: Bool { ["-shm", "-wal", "-journal"].contains { name.hasSuffix($0) } }
}

/// Paths inside quotes, as a shell completes them: relative to the working folder, hidden files only when their dot is typed.
enum PathCompletion {
  /// - parameter endings: of the files that are meant; all where none has one of them.
  static func candidates(for text: String, endings: [String] = [], listFolder: (String) -> [FolderEntry]) -> [Completion.Candidate] {
    let slash = text.lastIndex(of: "/")
    let folder = slash.map { String(text[...$0]) } ?? ""
    let start = slash.map { String(text[text.index(after: $0)...]) } ?? text
    let entries = listFolder(folder.isEmpty ? "." : folder)
      .filter { $0.name.hasPrefix(start) && ($0.name.first != "." || start.first == ".") && !$0.belongsToAnother }
    let meant = entries.filter { entry in entry.isFolder || endings.contains { entry.name.hasSuffix("." + $0) } }
    return (endings.isEmpty || !meant.contains { !$0.isFolder } ? entries : meant)
      .map { entry in
        entry.isFolder
          ? .init(folder + entry.name + "/", label: entry.name + "/")
          : .init(folder + entry.name, label: entry.name, suffix: "\"")
      }
  }
}
