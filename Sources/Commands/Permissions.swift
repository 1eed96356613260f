import Foundation
import SourceText
import Syntax

/// What statements may do beyond the history. Whoever types may do everything; a script may be a stranger's, so it must be allowed to.
public struct Permissions: Sendable {
  /// Files may be written in these folders, or these files themselves; nil: anywhere.
  public var writablePaths: [String]?
  /// Whether programs may be started: gnuplot, for a plot in a file.
  public var mayRunPrograms: Bool

  public static let everything = Permissions(writablePaths: nil, mayRunPrograms: true)

  public init(writablePaths: [String]?, mayRunPrograms: Bool) {
    self.writablePaths = writablePaths
    self.mayRunPrograms = mayRunPrograms
  }

  /// Whether no file at all may be written.
  var forbidsWriting: Bool { writablePaths?.isEmpty == true }

  /// Whether a file may be written: links are followed first.
  func allowsWriting(_ path: String) -> Bool {
    guard let writablePaths else { return true }
    let place = Self.resolved(path)
    return writablePaths.contains { allowed in
      let allowed = Self.resolved(allowed)
      return place == allowed || place.hasPrefix(allowed == "/" ? "/" : allowed + "/")
    }
  }

  /// A run belongs to no folder: whoever may write in some folders alone may delete none.
  var allowsDeleting: Bool { writablePaths.map { $0.contains { Self.resolved($0) == "/" } } ?? true }

  /// Where a path leads: also one whose last part is a link to what is not there yet.
  private static func resolved(_ path: String) -> String {
    let expanded = HomeFolder.expanding(path)
    var rest = (expanded.hasPrefix("/") ? expanded : FileManager.default.currentDirectoryPath + "/" + expanded).split(separator: "/").map(String.init)
    var place: [String] = []
    var linkCount = 0
    // Part by part, as the system does it: what `..` leaves is where a link before it has led.
    while !rest.isEmpty {
      let part = rest.removeFirst()
      if part == "." { continue }
      if part == ".." {
        _ = place.popLast()
        continue
      }
      let next = "/" + (place + [part]).joined(separator: "/")
      if linkCount < mostLinks, let target = try? FileManager.default.destinationOfSymbolicLink(atPath: next) {
        linkCount += 1
        if target.hasPrefix("/") { place = [] }
        rest = target.split(separator: "/").map(String.init) + rest
      } else {
        place.append(part)
      }
    }
    return "/" + place.joined(separator: "/")
  }

  /// As many as the system follows.
  private static let mostLinks = 40

  /// The first statement that needs what is not allowed at all, so that a script does not train for hours before it is told.
  func problem(in statements: [Statement]) -> Diagnostic? {
    for statement in statements.withNested {
      switch statement.kind {
      case .plot(let plot): if let file = plot.file, forbidsWriting || !mayRunPrograms { return Self.plotting(at: file.span) }
      case .history(let history): if let file = history.file ?? history.copy, forbidsWriting { return Self.writing(at: file.span) }
      case .export(let export): if forbidsWriting { return Self.writing(at: export.file.span) }
      case .command where statement.keyword.name == SaveStatement.declaration.keyword:
        if forbidsWriting { return Self.writing(at: statement.span) }
      case .command where statement.keyword.name == PurgeStatement.declaration.keyword:
        if !allowsDeleting { return Self.deleting(at: statement.span) }
      default: continue
      }
    }
    return nil
  }

  /// The options that let a script with these statements run: `--allow-write`, `--allow-run`.
  static func needed(by statements: [Statement]) -> [String] {
    var needed: Set<String> = []
    for statement in statements.withNested {
      switch statement.kind {
      case .plot(let plot) where plot.file != nil: needed.formUnion(["--allow-run", "--allow-write"])
      case .history(let history) where history.file != nil || history.copy != nil: needed.insert("--allow-write")
      case .export: needed.insert("--allow-write")
      case .command where [SaveStatement.declaration.keyword, PurgeStatement.declaration.keyword].contains(statement.keyword.name):
        needed.insert("--allow-write")
      default: continue
      }
    }
    return needed.sorted()
  }

  static func deleting(at site: SourceSpan) -> Diagnostic {
    Diagnostic(
      "a script may not delete runs unless it is allowed to", at: site,
      hint: "`siam run --allow-write FILE`, without a folder, lets it; what you type at the prompt may do everything")
  }

  static func writing(at site: SourceSpan) -> Diagnostic {
    Diagnostic(
      "a script may not write files unless it is allowed to", at: site,
      hint: "`siam run --allow-write FILE` lets it, `--allow-write=FOLDER` in that folder alone; what you type at the prompt may do everything")
  }

  static func plotting(at site: SourceSpan) -> Diagnostic {
    Diagnostic(
      "a script may not start gnuplot to write a plot unless it is allowed to", at: site,
      hint: "`siam run --allow-run --allow-write FILE` lets it, `--allow-write=FOLDER` in that folder alone; without `to` the plot is drawn here")
  }
}
