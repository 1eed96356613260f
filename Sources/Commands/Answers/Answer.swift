import Figures
import RunHistory
import SourceText
import Tables

/// What a statement answers, before it is known where it will be read: a terminal draws a figure in characters, a page as a picture.
public enum Answer: Sendable {
  case text(String)
  /// Text whose lines may be broken at blanks in a narrow window.
  case prose(String)
  /// In the form that was asked for.
  case table(ResultTable, TableFormat)
  /// The parts of a run's report, each with its title.
  case sections([RunReport.Section], TableFormat)
  case figure(Figure)
  case help(HelpPage)
}

/// The characters and the room that there are for an answer.
public struct AnswerLayout: Sendable {
  /// Of the terminal; nil: as wide as it comes.
  public var columns: Int?
  public var rows: Int?
  /// Without UTF-8.
  public var isASCII: Bool
  /// That figures may be drawn with.
  public var colors: ColorDepth

  public init(columns: Int? = nil, rows: Int? = nil, isASCII: Bool = false, colors: ColorDepth = .none) {
    self.colors = colors
    self.columns = columns
    self.rows = rows
    self.isASCII = isASCII
  }

  /// Where there is no terminal: as wide as a page of text.
  public static let page = AnswerLayout()
}

extension Answer {
  /// The answer as text, without a newline at the end.
  public func text(in layout: AnswerLayout = .page) -> String {
    switch self {
    case .text(let text): text
    case .prose(let text): WrappedText.text(text, columns: layout.columns)
    case .table(let table, let format): table.rendered(as: format, width: format == .table ? layout.columns : nil)
    case .sections(let sections, let format): sections.rendered(as: format)
    case .help(let page): page.text(columns: layout.columns)
    case .figure(let figure): figure.text(in: layout.figureSpace)
    }
  }
}

extension AnswerLayout {
  /// A figure leaves the lines before it in sight, and the last column free: many terminals wrap as soon as it is filled.
  public var figureSpace: FigureSpace {
    FigureSpace(columns: columns.map { $0 - 1 } ?? 76, rows: min(max((rows ?? 22) - 8, 6), 24), isASCII: isASCII, colors: colors)
  }
}
