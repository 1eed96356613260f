import Foundation
import TestSupport
import Testing

/// `siam jupyter install` and `uninstall`, with a Python that only says what it is asked for.
struct InstallTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    for folder in ["env/bin", "bare/bin"] {
      try FileManager.default.createDirectory(atPath: home.path + "/" + folder, withIntermediateDirectories: true)
    }
    try python("env", ipykernel: "\"7.1.0\"")
    try python("bare", ipykernel: "null")
  }

  private func python(_ folder: String, ipykernel: String, isRecent: Bool = true) throws {
    let prefix = home.path + "/" + folder
    let answer =
      #"{"executable": "\#(prefix)/bin/python3", "prefix": "\#(prefix)", "version": "3.11.7", "isRecent": \#(isRecent), "ipykernel": \#(ipykernel)}"#
    let path = try home.write("#!/bin/sh\necho '\(answer)'\n", to: folder + "/bin/python3")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  private func siam(_ arguments: String..., changes: [String: String?] = [:]) throws -> SiamProcess {
    let variables: [String: String?] = ["VIRTUAL_ENV": home.path + "/env", "JUPYTER_DATA_DIR": nil]
    return try SiamProcess.run(["jupyter"] + arguments, home: home, changes: variables.merging(changes) { $1 })
  }

  private func specification(_ folder: String) throws -> [String: any Sendable] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/kernel.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: any Sendable])
  }

  @Test func writesTheUsersKernelAndSaysSo() throws {
    let folder = home.path + "/.local/share/jupyter/kernels/siam"
    let install = try siam("install")
    #expect(install.output == "wrote \(folder)\n  it starts \(SiamBinary.url.path)\n  with \(home.path)/env/bin/python3 (ipykernel 7.1.0)\n")
    #expect(install.errors == "" && install.status == 0)
    let specification = try specification(folder)
    #expect(specification["argv"] as? [String] == ["\(home.path)/env/bin/python3", "\(folder)/launch.py", "-f", "{connection_file}"])
    #expect(specification["language"] as? String == "siam")
    #expect(specification["interrupt_mode"] as? String == "signal")
    #expect(specification["env"] as? [String: String] == ["SIAM_PROGRAM": SiamBinary.url.path])
    // It does without the checkout.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/siam_kernel")
    #expect(Set(names).isSuperset(of: ["__init__.py", "__main__.py", "client.py", "cell.py", "kernel.py"]))
    #expect(!names.contains("__pycache__"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/..") == ["siam"])
  }

  @Test func writesAgainAndDeletes() throws {
    #expect(try siam("install").status == 0)
    let folder = home.path + "/.local/share/jupyter/kernels/siam"
    try home.write("x = 1", to: ".local/share/jupyter/kernels/siam/siam_kernel/old.py")
    #expect(try siam("install").status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder + "/siam_kernel/old.py"))
    let uninstall = try siam("uninstall")
    #expect(uninstall.output == "deleted \(folder)\n" && uninstall.status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder))
    let again = try siam("uninstall")
    #expect(again.errors == "error: there is no kernel of Siam's in `\(folder)`\n" && again.status == 1)
  }

  @Test func otherFolders() throws {
    #expect(try siam("install", "--prefix", "there").output.hasPrefix("wrote \(home.path)/there/share/jupyter/kernels/siam\n"))
    #expect(try siam("install", "--sys-prefix").output.hasPrefix("wrote \(home.path)/env/share/jupyter/kernels/siam\n"))
    #expect(try siam("install", changes: ["JUPYTER_DATA_DIR": home.path + "/d"]).output.hasPrefix("wrote \(home.path)/d/kernels/siam\n"))
    #expect(try siam("install", changes: ["XDG_DATA_HOME": home.path + "/x"]).output.hasPrefix("wrote \(home.path)/x/jupyter/kernels/siam\n"))
    #expect(try siam("uninstall", "--prefix", "there").status == 0)
    #expect(try siam("install", "--prefix", "a", "--sys-prefix").status == 2)
  }

  @Test func thePrefixsOwnPythonComesFirst() throws {
    let install = try siam("install", "--prefix", "bare")
    #expect(install.output.contains("with \(home.path)/bare/bin/python3\n"))
  }

  @Test func saysWhatIsMissing() throws {
    let python = home.path + "/bare/bin/python3"
    let install = try siam("install", "--python", python)
    #expect(install.output.hasPrefix("wrote "))
    #expect(
      install.errors == """
        warning: ipykernel is missing in `\(python)`: the kernel cannot start without it
          hint: `\(python) -m pip install ipykernel`, or `--python PATH` names the Python that has it

        """)
    #expect(install.status == 0)
    try self.python("bare", ipykernel: "null", isRecent: false)
    #expect(try siam("install", "--python", python).errors.contains("needs 3.9 or newer"))
    let none = try siam("install", changes: ["VIRTUAL_ENV": nil, "PATH": "/nowhere"])
    #expect(none.errors.hasPrefix("error: there is no `python3` on the PATH") && none.status == 1)
    let wrong = try siam("install", "--python", "/bin/cat")
    #expect(wrong.errors.hasPrefix("error: `/bin/cat` does not answer as Python 3 does") && wrong.status == 1)
  }

  @Test func leavesOthersFoldersAlone() throws {
    let folder = ".local/share/jupyter/kernels/siam"
    try FileManager.default.createDirectory(atPath: home.path + "/" + folder, withIntermediateDirectories: true)
    try home.write("mine", to: folder + "/kernel.json")
    let install = try siam("install")
    #expect(install.errors.contains("is there, and is not what `siam jupyter install` has written") && install.status == 1)
    #expect(try siam("uninstall").status == 1)
    #expect(try String(contentsOfFile: home.path + "/" + folder + "/kernel.json", encoding: .utf8) == "mine")
  }

  @Test func saysWhyItCannotWrite() throws {
    try home.write("a file", to: "full")
    let install = try siam("install", "--prefix", "full")
    #expect(install.errors.hasPrefix("error: the kernel cannot be written to `\(home.path)/full/share/jupyter/kernels/siam`: "))
    #expect(install.status == 1)
  }
}
