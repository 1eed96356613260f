import Foundation
import TestSupport
import Testing

/// `siam --protocol json` in a process, with both ends of its conversation.
final class ProtocolProcess {
  typealias Event = [String: any Sendable]

  let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  init(home: TemporaryFolder, _ arguments: [String] = []) throws {
    process.executableURL = SiamBinary.url
    process.arguments = ["--protocol", "json"] + arguments
    process.environment = SiamBinary.environment(home: home)
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    #expect(try next()?["event"] as? String == "hello")
  }

  deinit { if process.isRunning { process.terminate() } }

  func send(_ code: String, id: Int = 1) throws {
    try send(request: ["id": id, "request": "execute", "code": code])
  }

  func send(request: Event) throws {
    try write(try JSONSerialization.data(withJSONObject: request) + Data("\n".utf8))
  }

  func write(_ bytes: Data) throws { try input.fileHandleForWriting.write(contentsOf: bytes) }

  func closeInput() throws { try input.fileHandleForWriting.close() }

  /// Nobody reads on.
  func closeOutput() throws { try output.fileHandleForReading.close() }

  /// The next event; nil at the end.
  func next() throws -> Event? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Data(buffer[buffer.startIndex..<end])
        buffer = Data(buffer[(end + 1)...])
        return try #require(try JSONSerialization.jsonObject(with: line) as? Event)
      }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output.fileHandleForReading.fileDescriptor, &bytes, bytes.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return nil }
      buffer += bytes[..<count]
    }
  }

  /// The events up to the first of a name, which is the last of them.
  @discardableResult
  func events(upTo name: String) throws -> [Event] {
    var events: [Event] = []
    while let event = try next() {
      events.append(event)
      if event["event"] as? String == name { return events }
    }
    Issue.record("\(name) did not come: \(events)")
    return events
  }

  func waitForEnd() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
  }
}
