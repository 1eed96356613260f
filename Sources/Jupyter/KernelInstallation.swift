import Foundation
import SourceText
import Tables

/// The kernel in one of Jupyter's folders: its specification, and a copy of the Python package that it starts, so that it does without the checkout.
public struct KernelInstallation {
  /// What belongs to the package, apart from what Python writes beside it.
  private static let endings = ["py", "svg"]

  public let folder: String
  private let files = FileManager.default

  public init(folder: String) { self.folder = folder }

  public var isPresent: Bool { files.fileExists(atPath: folder + "/siam_kernel") && files.fileExists(atPath: folder + "/kernel.json") }

  /// Writes the kernel in the place of an older one.
  ///
  /// - Parameters:
  ///   - program: the absolute path of `siam`.
  ///   - package: the folder that holds `siam_kernel` and `launch.py`.
  public func install(program: String, python: PythonInterpreter, package: String) throws(Diagnostic) {
    guard isPresent || !files.fileExists(atPath: folder) else {
      throw Diagnostic("`\(folder)` is there, and is not what `siam jupyter install` has written", at: nil, hint: "move it away first")
    }
    // Whole or not at all: Jupyter may be looking.
    let draft = folder + "-\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try write(to: draft, program: program, python: python, package: package)
      if isPresent { try files.removeItem(atPath: folder) }
      try files.moveItem(atPath: draft, toPath: folder)
    } catch {
      try? files.removeItem(atPath: draft)
      throw Diagnostic("the kernel cannot be written to `\(folder)`: \(Self.reason(error))", at: nil)
    }
  }

  public func uninstall() throws(Diagnostic) {
    guard isPresent else { throw Diagnostic("there is no kernel of Siam's in `\(folder)`", at: nil) }
    do {
      try files.removeItem(atPath: folder)
    } catch {
      throw Diagnostic("the kernel in `\(folder)` cannot be deleted: \(Self.reason(error))", at: nil)
    }
  }

  private func write(to draft: String, program: String, python: PythonInterpreter, package: String) throws {
    try files.createDirectory(atPath: draft + "/siam_kernel", withIntermediateDirectories: true)
    try files.copyItem(atPath: package + "/launch.py", toPath: draft + "/launch.py")
    let sources = package + "/siam_kernel"
    for name in try files.contentsOfDirectory(atPath: sources) where Self.endings.contains(NSString(string: name).pathExtension) {
      try files.copyItem(atPath: "\(sources)/\(name)", toPath: "\(draft)/siam_kernel/\(name)")
    }
    // Jupyter shows it beside the kernel's name.
    try? files.copyItem(atPath: sources + "/logo.svg", toPath: draft + "/logo-svg.svg")
    try Data(specification(program: program, python: python.executable).utf8).write(to: URL(fileURLWithPath: draft + "/kernel.json"))
  }

  private func specification(program: String, python: String) -> String {
    """
    {
      "argv": [\(JSONText.string(python)), \(JSONText.string(folder + "/launch.py")), "-f", "{connection_file}"],
      "display_name": "Siam",
      "language": "siam",
      "interrupt_mode": "signal",
      "env": {"SIAM_PROGRAM": \(JSONText.string(program))},
      "metadata": {"debugger": false}
    }

    """
  }

  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(underlying.code))) }
    return error.localizedDescription
  }
}
