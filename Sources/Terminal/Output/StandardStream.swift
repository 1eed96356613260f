import Foundation

/// Standard output or standard error: written to at once, and never the program's end.
///
/// What cannot be written is dropped and the reason kept: a reader that has gone (`siam history | head -1`) is no error of the program's.
public final class StandardStream {
  public let descriptor: Int32
  public let isTerminal: Bool
  /// `errno` of the first write that failed; nothing is written after it.
  public private(set) var failure: Int32?
  private let whenFailed: () -> Void

  public init(_ descriptor: Int32, whenFailed: @escaping () -> Void = {}) {
    self.descriptor = descriptor
    self.whenFailed = whenFailed
    isTerminal = isatty(descriptor) == 1
  }

  /// What of a text the reader can be sent: to a terminal without UTF-8 its nearest ASCII.
  func writable(_ text: String) -> String { isTerminal && !TextLocale.isUTF8 ? ASCIIText.text(text) : text }

  public func write(_ text: String) {
    guard failure == nil else { return }
    var text = writable(text)
    text.withUTF8 { writeAll(UnsafeRawBufferPointer($0)) }
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      } else if errno != EINTR {
        failure = errno
        return whenFailed()
      }
    }
  }

  /// The terminal's columns and rows as they are now; nil when they are not known.
  var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
