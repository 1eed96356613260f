import Foundation

/// Draws a plot into a file with gnuplot, which is asked for only then.
public struct Gnuplot {
  public init() {}

  /// Why there is no picture.
  public enum Failure: Error {
    case notInstalled
    case unknownFormat(String)
    case refused(String)
    case folder(String)

    public var message: String {
      switch self {
      case .notInstalled: "gnuplot draws plots into files, and it is not installed"
      case .unknownFormat(let ending): "a plot is written as svg, png or pdf, not `\(ending)`"
      case .refused(let text): "gnuplot says: \(text)"
      case .folder(let path): "the folder `\(path)` cannot be made"
      }
    }

    public var hint: String? {
      if case .notInstalled = self { return "`apt install gnuplot-nox`; without `to` the plot is drawn here" }
      return nil
    }
  }

  /// Whether there is one to draw with.
  public static var isInstalled: Bool { program != nil }

  public func draw(_ figure: Figure, to path: String) throws(Failure) {
    let ending = NSString(string: path).pathExtension.lowercased()
    // Not enhanced: the name of a run has no markup, and `a_b` is no subscript.
    let terminals = ["svg": Self.vectorTerminal, "png": "png noenhanced size 1080,648", "pdf": "pdfcairo noenhanced size 5in,3in"]
    guard let terminal = terminals[ending] else { throw .unknownFormat(ending) }
    // `plots/fig.svg` in a new folder is what is meant, and gnuplot itself would not say what is wrong.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .folder(folder.path)
    }
    _ = try output(of: script(figure, terminal, path))
  }

  /// The figure as an SVG document, for a page that holds it.
  public func svg(_ figure: Figure) throws(Failure) -> String {
    try output(of: script(figure, Self.vectorTerminal, nil))
  }

  private static let vectorTerminal = "svg noenhanced size 720,432"

  /// What gnuplot prints when it reads a script.
  private func output(of script: String) throws(Failure) -> String {
    guard let program = Self.program else { throw .notInstalled }
    let process = Process()
    process.executableURL = program
    process.arguments = ["-"]
    let (input, answer, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = answer
    process.standardError = errors
    do {
      try process.run()
      // It reads its script to the end before it draws, so neither waits for the other.
      try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
      try input.fileHandleForWriting.close()
    } catch {
      throw .refused("\(error)")
    }
    let said = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw .refused(complaint.trimmingCharacters(in: .whitespacesAndNewlines)) }
    return said
  }

  private static var program: URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { URL(fileURLWithPath: $0 + "/gnuplot") }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private func script(_ plot: Figure, _ terminal: String, _ path: String?) -> String {
    var lines = ["set terminal \(terminal)"] + (path.map { ["set output \(quoted($0))"] } ?? [])
    lines += ["set xlabel \(quoted(plot.horizontal))", "set grid", "set key outside"]
    for (index, curve) in plot.curves.enumerated() {
      lines.append("$data\(index) << EOD")
      lines += curve.finite.map { "\($0.x) \($0.y)" }
      lines.append("EOD")
    }
    let parts = plot.curves.indices.map { "$data\($0) with lines lw 2 title \(quoted(plot.curves[$0].title))" }
    lines.append("plot " + parts.joined(separator: ", "))
    return lines.joined(separator: "\n") + "\n"
  }

  /// gnuplot's single quotes take everything as it stands but the quote itself.
  private func quoted(_ text: String) -> String {
    "'" + text.replacingOccurrences(of: "'", with: "''").replacingOccurrences(of: "\n", with: " ") + "'"
  }
}
