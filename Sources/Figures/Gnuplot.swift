import Foundation

/// Draws a plot into a file with gnuplot, which is asked for only then.
struct Gnuplot {
  /// Why there is no picture.
  enum Failure: Error {
    case notInstalled
    case unknownFormat(String)
    case refused(String)
    case folder(String)

    var message: String {
      switch self {
      case .notInstalled: "gnuplot draws plots into files, and it is not installed"
      case .unknownFormat(let ending): "a plot is written as svg, png or pdf, not `\(ending)`"
      case .refused(let text): "gnuplot says: \(text)"
      case .folder(let path): "the folder `\(path)` cannot be made"
      }
    }

    var hint: String? {
      if case .notInstalled = self { return "`apt install gnuplot-nox`; without `to` the plot is drawn here" }
      return nil
    }
  }

  func draw(_ plot: CurvePlot, to path: String) throws(Failure) {
    let ending = NSString(string: path).pathExtension.lowercased()
    // Not enhanced: the name of a run has no markup, and `a_b` is no subscript.
    let terminals = ["svg": "svg noenhanced size 720,432", "png": "png noenhanced size 1080,648", "pdf": "pdfcairo noenhanced size 5in,3in"]
    guard let terminal = terminals[ending] else { throw .unknownFormat(ending) }
    guard let program = Self.program else { throw .notInstalled }
    // `plots/fig.svg` in a new folder is what is meant, and gnuplot itself would not say what is wrong.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .folder(folder.path)
    }
    let process = Process()
    process.executableURL = program
    process.arguments = ["-"]
    let (input, errors) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(script(plot, terminal, path).utf8))
      try input.fileHandleForWriting.close()
    } catch {
      throw .refused("\(error)")
    }
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw .refused(said.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  private static var program: URL? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { URL(fileURLWithPath: $0 + "/gnuplot") }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private func script(_ plot: CurvePlot, _ terminal: String, _ path: String) -> String {
    var lines = ["set terminal \(terminal)", "set output \(quoted(path))", "set xlabel \(quoted(plot.horizontal))", "set grid", "set key outside"]
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
