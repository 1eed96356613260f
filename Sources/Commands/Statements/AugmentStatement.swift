import Datasets
import Experiments
import SourceText
import Syntax

/// `augment crop=0.2..1 flip=0.5 jitter=[0.4, 0.4, 0.4, 0.1] jitter_p=0.8 gray=0.2 blur=0`, `augment none`, `augment paper`
enum AugmentStatement: StatementCommand {
  static let declaration = StatementDeclaration(
    keyword: "augment", signature: "augment [none|paper] [crop=A..B] [flip=P] [jitter=[B, C, S, H]] [jitter_p=P] [gray=P] [blur=P]",
    summary: "how views are made of an image; A.1 of the paper by default", paper: "A.1",
    examples: ["augment crop=0.5..1 gray=0", "augment none", "augment paper"],
    options: [
      .init("crop", default: "0.2..1", summary: "share of the image's area that is kept"),
      .init("flip", default: "0.5", summary: "probability of a horizontal flip"),
      .init("jitter", default: "[0.4, 0.4, 0.4, 0.1]", summary: "brightness, contrast, saturation, hue"),
      .init("jitter_p", default: "0.8", summary: "probability of jitter"),
      .init("gray", default: "0.2", summary: "probability of grey scale"), .init("blur", default: "0", summary: "probability of blur")
    ],
    arguments: [[.words(["none", "paper"])]])

  static func run(_ statement: Statement, in session: Session) throws(StatementFailure) {
    var arguments = try StatementArguments(statement, declaration, in: session)
    var augmentation = session.experiment.settings.augmentation
    if !arguments.rest.isEmpty {
      augmentation = try arguments.word(of: ["none", "paper"], what: "augmentation") == "none" ? .none : .paper
    }
    try arguments.end()
    let share = 0.0...1.0
    augmentation.flip = try arguments.number(option: "flip", in: share) ?? augmentation.flip
    augmentation.jitterProbability = try arguments.number(option: "jitter_p", in: share) ?? augmentation.jitterProbability
    augmentation.gray = try arguments.number(option: "gray", in: share) ?? augmentation.gray
    augmentation.blur = try arguments.number(option: "blur", in: share) ?? augmentation.blur
    if let crop = arguments.expression("crop") { augmentation.crop = try range(crop, in: session) }
    if let jitter = arguments.expression("jitter") { augmentation.jitter = try strengths(jitter, in: session) }
    do throws(DatasetError) {
      try augmentation.check()
    } catch {
      throw .wrong(Diagnostic(error.message, at: statement.span, hint: error.hint))
    }
    session.experiment.set { $0.augmentation = augmentation }
  }

  /// `0.2..1` as an interval: its ends, whatever lies between.
  private static func range(_ expression: Expression, in session: Session) throws(StatementFailure) -> ClosedRange<Double> {
    guard case .range(let low, let high, nil) = expression.kind else {
      throw .wrong(Diagnostic("`crop` is an interval of areas", at: expression.span, hint: "`crop=0.2..1`"))
    }
    let (first, last) = (try session.number(low), try session.number(high))
    guard first > 0, first <= last, last <= 1 else {
      throw .wrong(Diagnostic("`crop` lies between 0 and 1, the smaller end first", at: expression.span, hint: "`crop=0.2..1`"))
    }
    return first...last
  }

  private static func strengths(_ expression: Expression, in session: Session) throws(StatementFailure) -> [Double] {
    guard case .list(let items) = try session.value(expression, owner: "jitter") else {
      throw .wrong(Diagnostic("`jitter` is a list of four strengths", at: expression.span, hint: "`jitter=[0.4, 0.4, 0.4, 0.1]`"))
    }
    let numbers = items.compactMap(\.number)
    guard numbers.count == 4, items.count == 4 else {
      throw .wrong(
        Diagnostic("`jitter` has four strengths: brightness, contrast, saturation, hue", at: expression.span, hint: "`jitter=[0.4, 0.4, 0.4, 0.1]`"))
    }
    return numbers
  }
}
