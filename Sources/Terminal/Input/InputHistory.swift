import Foundation
import SourceText

/// What was typed at the prompt, kept from one start to the next.
///
/// `$SIAM_HOME/repl_history`, else `$XDG_STATE_HOME/siam/repl_history`, else `~/.local/state/siam/repl_history`: one entry a line, in which
/// `\n` stands for the newline of an entry of several lines and `\\` for a backslash. Every entry is appended at once, so that nothing is
/// lost with the terminal and two prompts at a time do not overwrite each other.
public struct InputHistory: Sendable {
  public static let capacity = 10_000
  /// Only its owner may read what somebody typed.
  private static let permissions: mode_t = 0o600

  public let path: String
  public private(set) var entries: [String]

  /// Reads what is there. A missing or unreadable file is an empty history; a file grown past its bound is cut to the newest entries.
  public init(path: String) {
    self.path = path
    // Bytes, not characters: the prompt waits for this.
    let bytes = [UInt8](FileManager.default.contents(atPath: path) ?? Data())
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    entries = lines.suffix(Self.capacity).map { line in
      let text = String(decoding: line, as: UTF8.self)
      return line.contains(UInt8(ascii: "\\")) ? Self.decoded(text[...]) : text
    }
    if lines.count > Self.capacity {
      let newest = lines.suffix(Self.capacity).joined(separator: [UInt8(ascii: "\n")]) + [UInt8(ascii: "\n")]
      // Another prompt may be reading: the new file takes the old one's place whole. Failing to shorten it harms nobody.
      try? Data(newest).write(to: URL(fileURLWithPath: path), options: .atomic)
      chmod(path, Self.permissions)
    }
  }

  public static func standardPath(environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    HomeFolder.siamFile("repl_history", "XDG_STATE_HOME", standard: ".local/state", environment: environment)
  }

  /// Adds what was typed, unless it is blank or the entry before said the same. Returns whether it is new.
  ///
  /// The prompt works on when the file cannot be written (a read-only home): the entry is then kept for this session alone.
  @discardableResult
  public mutating func append(_ entry: String) -> Bool {
    guard entry.contains(where: { !$0.isWhitespace }), entry != entries.last else { return false }
    entries.append(entry)
    write(Self.encoded(entry) + "\n")
    return true
  }

  private func write(_ line: String) {
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, Self.permissions)
    guard descriptor >= 0 else { return }
    StandardStream(descriptor).write(line)
    close(descriptor)
  }

  static func encoded(_ entry: String) -> String {
    entry.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  static func decoded(_ line: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
