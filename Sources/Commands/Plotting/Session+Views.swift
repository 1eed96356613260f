import Experiments
import Figures
import Foundation
import ImageFiles
import RunHistory
import SourceText
import Syntax

extension Session {
  /// `show views`, `show views images=8 to "views.png"`: drawn here, and as a PNG beside the history or where it is told to.
  func showViews(_ arguments: inout StatementArguments) throws(StatementFailure) {
    let count = try arguments.integer(option: "images", in: 1...32) ?? 4
    var file: (name: String, site: SourceSpan)?
    if arguments.take("to") {
      let (name, site) = try arguments.text("file")
      file = (name, site)
      guard NSString(string: name).pathExtension.lowercased() == "png" else {
        throw .wrong(Diagnostic("views are written as png: `\(name.shortened)` has another ending", at: site, hint: "`to \"views.png\"`"))
      }
    }
    try arguments.end()
    let site = arguments.site
    guard !isChecking else { return }
    let sample = try StatementFailure.wrap { () throws(Diagnostic) in try experiment.sampleViews(count, at: site) }
    let views = ViewsPicture(sample)
    output.answer(.figure(views.figure))
    let path: String
    if let file {
      path = try writablePath(file.name, at: file.site, besides: site.file)
    } else {
      path = standardFolder + "/views.png"
    }
    let picture = views.picture(zoom: max(1, 128 / max(sample.shape.width, sample.shape.height)))
    do {
      try FileManager.default.createDirectory(at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
      let bytes = picture.pixels.flatMap { [$0.red, $0.green, $0.blue] }
      try WholeFile.write(PNGFile.bytes(width: picture.width, height: picture.height, rgb: bytes), to: path)
    } catch let error as Diagnostic {
      throw .failed(Diagnostic(error.message, at: file?.site ?? site))
    } catch {
      throw .failed(Diagnostic("`\(path)` cannot be written", at: file?.site ?? site))
    }
    note("wrote \(path)")
  }

  /// Siam's own, where the history is; of a history in memory that for temporary files.
  private var standardFolder: String {
    let location = try? HistoryLocation.resolve(option: options.databasePath)
    guard let path = location?.file else { return NSTemporaryDirectory() + "siam-\(getuid())" }
    return URL(fileURLWithPath: path).deletingLastPathComponent().path
  }
}
