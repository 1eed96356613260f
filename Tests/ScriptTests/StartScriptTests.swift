import Foundation
import TestSupport
import Testing

/// `scripts/siam` asks for a build only where something has changed, and starts the program from anywhere.
@Suite struct StartScriptTests {
  private let clone: TemporaryFolder
  private let home: TemporaryFolder

  /// A clone with a program and a build script that say what they do.
  init() throws {
    (clone, home) = (try TemporaryFolder(), try TemporaryFolder())
    for name in ["siam", "build-state"] {
      let text = try String(contentsOfFile: ScriptProcess.folder + "/" + name, encoding: .utf8)
      try program(text, "scripts/" + name)
    }
    try program(
      """
      #!/usr/bin/env bash
      root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd); . "$root/scripts/build-state"
      echo built; printf '%s\\n' "$build_target" >"$build_record"; touch "$build_seen"
      """, "scripts/build")
    try program("#!/usr/bin/env bash\necho \"siam $*\"\n", ".build/release/siam")
    for file in ["Sources/siam/Siam.swift", "Package.swift", "README.md", ".git/HEAD", ".git/index"] {
      try clone.write("", to: file)
      try setTime(file, before: 60)
    }
  }

  private func program(_ text: String, _ name: String) throws {
    let path = try clone.write(text, to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private func setTime(_ file: String, before seconds: Double) throws {
    try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: clone.path + "/" + file)
  }

  private func start(_ script: String = "scripts/siam", changes: [String: String?] = [:]) throws -> String {
    try SiamProcess.run(["-c", "cd \"$0\" && exec \"$1\" check 'a b'", clone.path, script], program: "/bin/bash", home: home, changes: changes)
      .output
  }

  @Test func asksForABuildWhereSomethingHasChanged() throws {
    #expect(try start() == "built\nsiam check a b\n")
    #expect(try start() == "siam check a b\n")
    try clone.write("", to: ".git/logs/HEAD")
    try setTime(".git/logs/HEAD", before: 60)
    // A commit that is made anew changes the log alone; what is beside the sources makes a commit `-dirty`.
    let files = ["Sources/siam/Siam.swift", "Package.swift", ".git/HEAD", ".git/index", ".git/logs/HEAD", "Sources/siam", "README.md"]
    for file in files {
      try setTime(file, before: -5)
      #expect(try start() == "built\nsiam check a b\n", "\(file)")
      try setTime(file, before: 60)
      #expect(try start() == "siam check a b\n", "\(file)")
    }
    #expect(try start(changes: ["SIAM_PORTABLE": "1"]) == "built\nsiam check a b\n")
    #expect(try start() == "built\nsiam check a b\n")
    // A tree that is no clone is looked at by `scripts/build`.
    try FileManager.default.removeItem(atPath: clone.path + "/.git")
    #expect(try start() == "built\nsiam check a b\n")
    #expect(try start() == "built\nsiam check a b\n")
  }

  @Test func startsFromAnywhere() throws {
    _ = try start()
    let elsewhere = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(atPath: elsewhere.path + "/siam", withDestinationPath: clone.path + "/scripts/siam")
    try FileManager.default.createSymbolicLink(atPath: elsewhere.path + "/bin", withDestinationPath: clone.path + "/scripts")
    let scripts = ["./scripts/siam", clone.path + "/scripts/siam", "scripts/../scripts/siam", elsewhere.path + "/siam", elsewhere.path + "/bin/siam"]
    for script in scripts { #expect(try start(script) == "siam check a b\n", "\(script)") }
    #expect(try start(changes: ["CDPATH": ".:/tmp"]) == "siam check a b\n")
    let inside = try SiamProcess.run(["-c", "cd \"$0/scripts\" && exec bash siam", clone.path], program: "/bin/bash", home: home)
    #expect(inside.output == "siam \n")
  }
}
