import Foundation
import SourceText

/// Draws a plot into a file with gnuplot, which is asked for only then.
public struct Gnuplot {
  public init() {}

  /// Why there is no picture.
  public enum Failure: Error {
    case notInstalled
    case unknownFormat(String)
    case refused(String)
    case folder(String)
    /// Why the file cannot be written.
    case notWritten(String)

    public var message: String {
      switch self {
      case .notInstalled: "gnuplot draws plots into files, and it is not installed"
      case .unknownFormat(""): "the file of a plot ends in .svg, .png or .pdf, and this name has no ending"
      case .unknownFormat(let ending): "a plot is written as svg, png or pdf, not `\(ending)`"
      case .notWritten(let text): text
      case .refused(let text): "gnuplot says: \(text)"
      case .folder(let path): "the folder `\(path)` cannot be made"
      }
    }

    public var hint: String? {
      switch self {
      case .notInstalled: "`apt install gnuplot-nox`; without `to` the plot is drawn here"
      case .unknownFormat: "`to \"figure.svg\"`"
      default: nil
      }
    }
  }

  /// Whether there is one to draw with.
  public static var isInstalled: Bool { program != nil }

  /// The kind of picture that a file's name asks for.
  public static func checkFormat(of path: String) throws(Failure) { _ = try terminal(of: path) }

  private static func terminal(of path: String) throws(Failure) -> GnuplotScript.Terminal {
    let ending = NSString(string: path).pathExtension.lowercased()
    guard let terminal = GnuplotScript.Terminal(rawValue: ending) else { throw .unknownFormat(ending) }
    return terminal
  }

  public func draw(_ figure: Figure, to path: String) throws(Failure) {
    let terminal = try Self.terminal(of: path)
    guard Self.isInstalled else { throw .notInstalled }
    // `plots/fig.svg` in a new folder is what is meant, and gnuplot itself would not say what is wrong.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .folder(folder.path)
    }
    let picture = try picture(of: figure, terminal)
    do throws(Diagnostic) {
      try WholeFile.write(picture, to: path)
    } catch {
      throw .notWritten(error.message)
    }
  }

  /// The figure as an SVG document, for a page that holds it.
  public func svg(_ figure: Figure) throws(Failure) -> String { String(decoding: try picture(of: figure, .svg), as: UTF8.self) }

  /// What gnuplot makes of a figure. Script and picture go through files of their own, so that neither side waits for the other, and no path
  /// of the user's is part of a script.
  private func picture(of figure: Figure, _ terminal: GnuplotScript.Terminal) throws(Failure) -> Data {
    guard let program = Self.program else { throw .notInstalled }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("siam-plot-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = program
    process.arguments = ["script"]
    process.currentDirectoryURL = folder
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      try Data(GnuplotScript(figure, terminal, output: "picture").text.utf8).write(to: folder.appendingPathComponent("script"))
      try process.run()
    } catch {
      throw .refused("\(error)")
    }
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, let picture = try? Data(contentsOf: folder.appendingPathComponent("picture")), !picture.isEmpty else {
      throw .refused(complaint.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return picture
  }

  private static var program: URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { URL(fileURLWithPath: $0 + "/gnuplot") }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
