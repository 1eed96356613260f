import Foundation
import Synchronization

/// A web server on 127.0.0.1 that has one file, and the faults a test asks for.
final class LoopbackServer: Sendable {
  /// What one connection gets.
  enum Answer: Sendable {
    /// What was asked for: with `Range: bytes=n-` the rest of the file.
    case file
    /// The same, but the connection is cut after so many bytes of it.
    case cut(after: Int)
    /// The whole file, whatever range was asked for.
    case rangeless
    case status(String)
  }

  let port: Int
  private let listener: Int32
  private let body: Data
  private let answers: Mutex<[Answer]>
  private let requested = Mutex<[Int]>([])

  /// - Parameter answers: for the connections in their order; the last one for all that follow.
  init(_ body: Data, answers: [Answer] = [.file]) throws {
    self.body = body
    self.answers = Mutex(answers)
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 8) == 0 && getsockname(listener, $0, &length) == 0
      }
    }
    guard isOpen else { throw CocoaError(.fileReadUnknown) }
    port = Int(UInt16(bigEndian: address.sin_port))
    Thread.detachNewThread { [self] in serve() }
  }

  /// The first byte that each request has asked for.
  var offsets: [Int] { requested.withLock { $0 } }

  /// Ends the server: connections are refused from then on.
  func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      let answer = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
      reply(answer, to: request(on: connection), on: connection)
      shutdown(connection, Int32(SHUT_RDWR))
      close(connection)
    }
  }

  /// Everything up to the empty line.
  private func request(on connection: Int32) -> String {
    var text = Data()
    var bytes = [UInt8](repeating: 0, count: 4096)
    while !text.contains(Data("\r\n\r\n".utf8)) {
      let count = recv(connection, &bytes, bytes.count, 0)
      guard count > 0 else { break }
      text.append(contentsOf: bytes[..<count])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func reply(_ answer: Answer, to request: String, on connection: Int32) {
    let offset = request.firstMatch(of: /(?i)range: bytes=(\d+)-/).flatMap { Int($0.1) } ?? 0
    requested.withLock { $0.append(offset) }
    switch answer {
    case .status(let status): send("HTTP/1.1 \(status)", Data(), on: connection)
    case .rangeless: send("HTTP/1.1 200 OK", body, on: connection)
    case .file, .cut:
      guard offset < max(body.count, 1) else {
        return send("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */\(body.count)", Data(), on: connection)
      }
      let part = body.dropFirst(offset)
      let head =
        offset == 0 ? "HTTP/1.1 200 OK" : "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes \(offset)-\(body.count - 1)/\(body.count)"
      var limit = part.count
      if case .cut(let count) = answer { limit = count }
      send(head, part, limit: limit, on: connection)
    }
  }

  private func send(_ head: String, _ part: Data, limit: Int = .max, on connection: Int32) {
    let bytes = [UInt8](Data("\(head)\r\nContent-Length: \(part.count)\r\nConnection: close\r\n\r\n".utf8) + part.prefix(limit))
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      sent += count
    }
  }
}
