import Foundation
import SourceText

/// The Python that runs the kernel, as it describes itself.
public struct PythonInterpreter: Decodable, Sendable {
  public let executable: String
  public let prefix: String
  public let version: String
  /// Whether the kernel's sources are written for it.
  let isRecent: Bool
  /// The version of ipykernel; nil where it is not installed.
  public let ipykernel: String?

  /// Asks an interpreter.
  public init(at path: String) throws(Diagnostic) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", Self.question]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do {
      try process.run()
      let answer = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      self = try JSONDecoder().decode(Self.self, from: answer)
    } catch {
      throw Diagnostic("`\(path)` does not answer as Python 3 does", at: nil, hint: "`--python PATH` names the Python that has ipykernel")
    }
  }

  private static let question = """
    import json, sys
    from importlib.metadata import version, PackageNotFoundError
    try:
        ipykernel = version("ipykernel")
    except PackageNotFoundError:
        ipykernel = None
    print(json.dumps({"executable": sys.executable, "prefix": sys.prefix, "version": "%d.%d.%d" % sys.version_info[:3],
        "isRecent": sys.version_info >= (3, 9), "ipykernel": ipykernel}))
    """

  /// The one that is asked for, that of the prefix, of the active environment, or the first on the path.
  public static func find(
    named name: String?, prefix: String?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Diagnostic) -> PythonInterpreter {
    if let name { return try PythonInterpreter(at: name.contains("/") ? name : onPath(name, environment) ?? name) }
    let places = [prefix, environment["VIRTUAL_ENV"]].compactMap { $0.map { $0 + "/bin/python3" } }
    guard let path = places.first(where: FileManager.default.isExecutableFile) ?? onPath("python3", environment) else {
      throw Diagnostic("there is no `python3` on the PATH: the kernel is a Python program", at: nil, hint: "`--python PATH` names one")
    }
    return try PythonInterpreter(at: path)
  }

  private static func onPath(_ name: String, _ environment: [String: String]) -> String? {
    (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// What the kernel cannot start without.
  public var problem: Diagnostic? {
    if !isRecent {
      return Diagnostic(
        .warning, "`\(executable)` is Python \(version), and the kernel needs 3.9 or newer", hints: ["`--python PATH` names another"])
    }
    guard ipykernel == nil else { return nil }
    return Diagnostic(
      .warning, "ipykernel is missing in `\(executable)`: the kernel cannot start without it",
      hints: ["`\(executable) -m pip install ipykernel`, or `--python PATH` names the Python that has it"])
  }
}
