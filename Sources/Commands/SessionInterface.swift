import Figures
import Foundation
import SourceText
import Tables

/// Where a session's answers go: a terminal, a pipe, a notebook, a test.
public protocol SessionOutput: AnyObject {
  /// A result: what `print`, `history`, `table`, `plot` answer.
  func answer(_ answer: Answer)
  /// An echo of what a statement did, such as `loss = …`: a courtesy, never a result.
  func note(_ text: String)
  func diagnostic(_ diagnostic: Diagnostic)
  /// What another process of this session has said beside its results, as it said it.
  func relay(_ text: String)
  /// The state of a training run, as often as every step; nil: the run is over, and so is its line.
  func progress(_ progress: Progress?)
  /// The state of a loop whose points run beside one another, many times a second; nil: they are done, and so is its line.
  func progress(ofPoints progress: PointProgress?)
}

extension SessionOutput {
  public func progress(ofPoints progress: PointProgress?) {}

  /// One or more lines of a result.
  func result(_ text: String) { answer(.text(text)) }
}

/// How far a parallel loop is.
public struct PointProgress: Hashable, Sendable {
  public var done: Int
  public var running: Int
  public var total: Int
  public var seconds: Double
}

/// How far a training run is.
public struct Progress: Sendable {
  /// 1-based.
  public var epoch: Int
  public var epochs: Int
  /// Of the whole run, in 0…1.
  public var fraction: Double
  public var secondsElapsed: Double
  /// nil: not known yet.
  public var secondsLeft: Double?
  /// In the order to show: loss, std, mo, mr, top1.
  public var values: [(name: String, value: Double)]
  /// What `watch plot` draws below the line, where it is time to draw it again.
  public var figure: Figure?

  public init(
    epoch: Int, epochs: Int, fraction: Double, secondsElapsed: Double, secondsLeft: Double?,
    values: [(name: String, value: Double)]
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.fraction = fraction
    self.secondsElapsed = secondsElapsed
    self.secondsLeft = secondsLeft
    self.values = values
  }
}

/// What the command line decides for a whole session.
public struct SessionOptions: Sendable {
  /// `--db`; nil: `SIAM_DB`, else the history of `$SIAM_HOME`.
  public var databasePath: String?
  /// `--set tau=0.2`
  public var settings: [String: String]
  public var format: TableFormat
  public var isQuiet: Bool
  /// `--profile paper`: what `use quick` then means.
  public var profileOverride: String?
  /// Whether somebody types.
  public var isInteractive: Bool
  public var permissions: Permissions
  /// Where what was measured of the machine is kept; nil: nowhere.
  public var machineFile: MachineFile?

  public init(
    databasePath: String? = nil, settings: [String: String] = [:], format: TableFormat = .table, isQuiet: Bool = false,
    profileOverride: String? = nil, isInteractive: Bool = false, permissions: Permissions = .everything, machineFile: MachineFile? = nil
  ) {
    self.databasePath = databasePath
    self.settings = settings
    self.format = format
    self.isQuiet = isQuiet
    self.profileOverride = profileOverride
    self.isInteractive = isInteractive
    self.permissions = permissions
    self.machineFile = machineFile
  }
}

extension SessionOptions {
  /// As the command line says them to another process of this program: all but the history, which is the caller's to name.
  ///
  /// - parameter settings: what `--set` still has to say.
  func arguments(settings: [String: String]) -> [String] {
    var arguments: [String] = []
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) { arguments += ["--set", "\(name)=\(value)"] }
    if format != .table { arguments += ["--format", format.rawValue] }
    if let profileOverride { arguments += ["--profile", profileOverride] }
    if isQuiet { arguments.append("--quiet") }
    arguments += (permissions.writablePaths ?? ["/"]).map { "--allow-write=\(URL(fileURLWithPath: $0).path)" }
    if permissions.mayRunPrograms { arguments.append("--allow-run") }
    return arguments
  }
}

/// How a piece of input ended.
public enum SessionEnd: Equatable, Sendable {
  case completed
  /// An `expect`, a test or a run failed.
  case failed
  /// A statement is wrong.
  case usage
  case interrupted
  case quit

  public var exitStatus: Int32 {
    switch self {
    case .completed, .quit: 0
    case .failed: 1
    case .usage: 2
    case .interrupted: 130
    }
  }
}
