import Foundation
import TestSupport
import Testing

/// `scripts/fetch-cifar100`, against a server on this machine that has a small archive in the real format.
struct FetchTests {
  private let home: TemporaryFolder
  private let archive: Data
  private let sum: String

  private var data: String { home.path + "/data" }
  private var part: String { data + "/cifar-100-binary.tar.gz.part" }

  /// 300 and 200 records of a coarse label, a fine label and 3072 bytes that do not compress.
  init() throws {
    home = try TemporaryFolder()
    let folder = home.path + "/cifar-100-binary"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var numbers = LinearCongruential(seed: 1)
    for (name, count) in [("train.bin", 300), ("test.bin", 200)] {
      var bytes = Data()
      for image in 0..<count {
        bytes.append(contentsOf: [UInt8(image % 20), UInt8(image % 100)])
        for _ in 0..<3072 { bytes.append(UInt8(128 + 127 * numbers.next())) }
      }
      try home.write(bytes, to: "cifar-100-binary/" + name)
    }
    try home.write((0..<100).map { "class\($0)\n" }.joined(), to: "cifar-100-binary/fine_label_names.txt")
    _ = try Self.run("tar", "-czf", "archive.tar.gz", "cifar-100-binary", in: home.path)
    sum = String(try Self.run("md5sum", "archive.tar.gz", in: home.path).prefix(32))
    archive = try Data(contentsOf: URL(fileURLWithPath: home.path + "/archive.tar.gz"))
    try FileManager.default.removeItem(atPath: folder)
  }

  private static func run(_ arguments: String..., in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }

  private func fetch(port: Int, _ changes: [String: String?] = [:]) throws -> ScriptProcess {
    let variables: [String: String?] = [
      "SIAM_DATA": data, "SIAM_CIFAR100_URL": "http://127.0.0.1:\(port)/archive.tar.gz", "SIAM_CIFAR100_MD5": sum,
      "SIAM_CIFAR100_ROOM": "1", "no_proxy": "*"
    ]
    return try ScriptProcess("fetch-cifar100", home: home, changes: variables.merging(changes) { $1 })
  }

  private func fetch(_ server: LoopbackServer, _ changes: [String: String?] = [:]) throws -> ScriptProcess {
    try fetch(port: server.port, changes)
  }

  private func here(_ folder: String? = nil) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder ?? data)) ?? []).sorted()
  }

  @Test func bringsAllOfItAndSiamFindsIt() throws {
    let server = try LoopbackServer(archive)
    defer { server.stop() }
    let fetch = try fetch(server)
    #expect(fetch.status == 0, "\(fetch.errors)")
    #expect(fetch.output == "")
    #expect(here() == ["cifar-100-binary"])
    let siam = try SiamProcess.run(["-e", "data cifar100"], home: home, changes: ["SIAM_DATA": data])
    #expect(siam.output + siam.errors == "cifar100: 300 train, 200 test, 3×32×32, 100 classes\n")
    #expect(siam.status == 0)

    let again = try self.fetch(server)
    #expect(again.status == 0)
    #expect(again.errors == "siam: CIFAR-100 is there already: \(data)/cifar-100-binary\n")
    #expect(server.offsets == [0])
  }

  /// Into the folder of `SIAM_HOME`, which `data` searches too.
  @Test func needsNoVariable() throws {
    let server = try LoopbackServer(archive)
    defer { server.stop() }
    #expect(try fetch(server, ["SIAM_DATA": nil]).status == 0)
    #expect(here(home.path + "/siam/data") == ["cifar-100-binary"])
    #expect(try SiamProcess.run(["-e", "data cifar100"], home: home, changes: ["SIAM_DATA": nil]).status == 0)
    #expect(try fetch(server, ["SIAM_DATA": nil, "SIAM_HOME": nil]).status == 0)
    #expect(here(home.path + "/.local/share/siam/data") == ["cifar-100-binary"])
  }

  @Test func goesOnAfterACut() throws {
    let server = try LoopbackServer(archive, answers: [.cut(after: 100_000), .cut(after: 50_000), .file])
    defer { server.stop() }
    let fetch = try fetch(server)
    #expect(fetch.status == 0, "\(fetch.errors)")
    #expect(server.offsets == [0, 100_000, 150_000])
    #expect(here() == ["cifar-100-binary"])
  }

  @Test func goesOnWhereAnEarlierCallStopped() throws {
    let silent = try LoopbackServer(archive, answers: [.cut(after: 100_000), .cut(after: 0)])
    defer { silent.stop() }
    let first = try fetch(silent)
    #expect(first.status == 1)
    #expect(first.errors.contains("the connection was cut again and again"))
    #expect(first.errors.contains("call again, and it goes on from there"))
    #expect(here() == ["cifar-100-binary.tar.gz.part"])

    let server = try LoopbackServer(archive)
    defer { server.stop() }
    #expect(try fetch(server).status == 0)
    #expect(server.offsets == [100_000])
    #expect(here() == ["cifar-100-binary"])
  }

  /// All of it had come, and only the unpacking was missing.
  @Test func asksForNothingThatIsHere() throws {
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try archive.write(to: URL(fileURLWithPath: part))
    #expect(try fetch(port: 1).status == 0)
    #expect(here() == ["cifar-100-binary"])
  }

  @Test(arguments: [1000, 5_000_000])
  func beginsAnewWhereTheBeginningIsAnother(size: Int) throws {
    for answer in [LoopbackServer.Answer.file, .rangeless] {
      try? FileManager.default.removeItem(atPath: data)
      try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
      try Data(count: size).write(to: URL(fileURLWithPath: part))
      let server = try LoopbackServer(archive, answers: [answer])
      defer { server.stop() }
      let fetch = try fetch(server)
      #expect(fetch.status == 0, "\(fetch.errors)")
      #expect(server.offsets == [size, 0])
      #expect(here() == ["cifar-100-binary"])
    }
  }

  @Test func refusesAnotherArchive() throws {
    let server = try LoopbackServer(archive)
    defer { server.stop() }
    let wrong = String(repeating: "0", count: 32)
    let fetch = try fetch(server, ["SIAM_CIFAR100_MD5": wrong])
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("what came is not CIFAR-100: its MD5 sum is \(sum), not \(wrong)"))
    #expect(here() == [])
  }

  @Test func refusesWhatCannotBeUnpacked() throws {
    try home.write("no archive", to: "text")
    let sum = String(try Self.run("md5sum", "text", in: home.path).prefix(32))
    let server = try LoopbackServer(Data("no archive".utf8))
    defer { server.stop() }
    let fetch = try fetch(server, ["SIAM_CIFAR100_MD5": sum])
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("the archive cannot be unpacked"))
    #expect(here().filter { !$0.hasSuffix(".part") } == [])
  }

  @Test func saysWhatTheServerAnswers() throws {
    let server = try LoopbackServer(archive, answers: [.status("404 Not Found")])
    defer { server.stop() }
    let fetch = try fetch(server)
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("the server answers 404\n      http://127.0.0.1:\(server.port)/archive.tar.gz"))
    #expect(here().filter { !$0.hasSuffix(".part") } == [])
  }

  @Test func saysThatThereIsNoServer() throws {
    let server = try LoopbackServer(archive)
    server.stop()
    let fetch = try fetch(server)
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("the server cannot be reached: is there a network?"))
    #expect(here() == [])
  }

  @Test func saysHowMuchRoomItNeeds() throws {
    let fetch = try fetch(port: 1, ["SIAM_CIFAR100_ROOM": "100000000000"])
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("there is no room in \(data): about 100000000000 MiB are needed"))
  }

  @Test func saysThatCurlIsMissing() throws {
    let fetch = try fetch(port: 1, ["PATH": "/nowhere"])
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("curl fetches CIFAR-100, and it is not installed\n      on Debian: apt install curl"))
  }

  @Test func leavesAloneWhatIsHalfThere() throws {
    try FileManager.default.createDirectory(atPath: data + "/cifar-100-binary", withIntermediateDirectories: true)
    let fetch = try fetch(port: 1)
    #expect(fetch.status == 1)
    #expect(fetch.errors.contains("\(data)/cifar-100-binary is there, and holds no train.bin and test.bin"))
  }

  @Test func tellsItsUsage() throws {
    let help = try ScriptProcess("fetch-cifar100", ["--help"], home: home)
    #expect(help.status == 0 && help.output.contains("SIAM_CIFAR100_URL"))
    #expect(try ScriptProcess("fetch-cifar100", ["now"], home: home).status == 2)
  }
}
