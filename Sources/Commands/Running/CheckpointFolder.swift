import Foundation
import RunHistory
import SourceText

/// Where the checkpoints of a history's runs lie: the folder `checkpoints` beside its file, not beside a link to it.
struct CheckpointFolder {
  let path: String

  /// nil for a history in memory, which has no place beside it.
  init?(of history: RunHistory) {
    guard let file = history.location.file else { return nil }
    path = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("checkpoints").path
  }

  /// Makes the folder where it is missing, and sweeps out what a process killed while writing left a day ago. What then cannot be written says why.
  func make() {
    guard mkdir(path, 0o755) != 0 else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where name.hasPrefix(".run-") && name.hasSuffix(".tmp") {
      let file = "\(path)/\(name)"
      let written = (try? FileManager.default.attributesOfItem(atPath: file))?[.modificationDate] as? Date
      if let written, Date().timeIntervalSince(written) > 86_400 { unlink(file) }
    }
  }

  /// Removes files of this folder. Whatever else a history names as a checkpoint is somebody's own.
  func remove(_ files: [String]) {
    let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    for file in files {
      let url = URL(fileURLWithPath: file).standardizedFileURL
      guard url.deletingLastPathComponent().resolvingSymlinksInPath().path == folder, url.lastPathComponent.hasPrefix("run-"),
        url.pathExtension == "safetensors"
      else { continue }
      unlink(url.path)
    }
  }

  /// Names no other run of this or another history can have.
  func file(of run: RunRecord, step: Int) -> String {
    "\(path)/run-\(run.id)-\(run.uuid.prefix(8))-step-\(step).safetensors"
  }
}
