/// The names that Siam gives: they cannot be defined again.
public enum BuiltInName: Hashable, Sendable {
  /// `fa fb`
  case features(view: Int)
  /// `za zb`
  case projections(view: Int)
  /// `Za Zb`
  case unitProjections(view: Int)
  /// `pa pb`
  case predictions(view: Int)
  /// `Pa Pb`
  case unitPredictions(view: Int)
  /// `ra rb`
  case residuals(view: Int)
  /// `oz`, `op`
  case projectionCenter, predictionCenter
  /// `Zn`
  case negatives
  /// `oe`, `re`: of the user's `Ge`
  case extraCenter, extraResidual
  /// `ta tb`, `Ta Tb`: of the teacher
  case teacherProjections(view: Int)
  case unitTeacherProjections(view: Int)
  /// `Q`
  case queue
  /// `Ma Mb`
  case memories(view: Int)
  /// `Z`, only as `Z[i]`
  case views
  /// `loss`
  case loss
  /// `M`, `D`
  case batchSize, dim
  /// `epochs`, `profile`, `dataset`
  case epochs, profile, dataset
  case pi
  case yes, no

  public init?(_ name: String) {
    guard let known = Self.table[name] else { return nil }
    self = known
  }

  /// Every name, in the order of the reference.
  public static let names: [String] = ordered.map(\.0)

  /// Those that are there without `teacher`, `queue` or `memory`: what a mistyped name is compared with.
  public static let usualNames: [String] = ordered.filter { !$0.1.isOfCarriedState }.map(\.0)

  private var isOfCarriedState: Bool {
    switch self {
    case .teacherProjections, .unitTeacherProjections, .queue, .memories: true
    default: false
    }
  }

  private static let table = Dictionary(uniqueKeysWithValues: ordered.map { ($0.0, $0.1) })

  private static let ordered: [(String, BuiltInName, String)] = [
    ("za", .projections(view: 1), "projector output of view a, batch × dim"),
    ("zb", .projections(view: 2), "projector output of view b, batch × dim"),
    ("Za", .unitProjections(view: 1), "rows of za scaled to unit length, batch × dim"),
    ("Zb", .unitProjections(view: 2), "rows of zb scaled to unit length, batch × dim"),
    ("pa", .predictions(view: 1), "predictor output h(za), batch × dim"),
    ("pb", .predictions(view: 2), "predictor output h(zb), batch × dim"),
    ("Pa", .unitPredictions(view: 1), "rows of pa scaled to unit length, batch × dim"),
    ("Pb", .unitPredictions(view: 2), "rows of pb scaled to unit length, batch × dim"),
    ("fa", .features(view: 1), "backbone features of view a, batch × feature"),
    ("fb", .features(view: 2), "backbone features of view b, batch × feature"),
    ("oz", .projectionCenter, "center of Z: the batch mean over both views, a vector of dim"),
    ("op", .predictionCenter, "center of P: the batch mean over both views, a vector of dim"),
    ("ra", .residuals(view: 1), "residual Za - oz, batch × dim"),
    ("rb", .residuals(view: 2), "residual Zb - oz, batch × dim"),
    ("Zn", .negatives, "for every row of the other view another image's row, batch × dim"),
    ("oe", .extraCenter, "center of the extra gradient Ge, a vector of dim"),
    ("re", .extraResidual, "residual of the extra gradient Ge, batch × dim"),
    ("ta", .teacherProjections(view: 1), "the teacher's projector output of view a, without gradient, batch × dim"),
    ("tb", .teacherProjections(view: 2), "the teacher's projector output of view b, without gradient, batch × dim"),
    ("Ta", .unitTeacherProjections(view: 1), "rows of ta scaled to unit length, batch × dim"),
    ("Tb", .unitTeacherProjections(view: 2), "rows of tb scaled to unit length, batch × dim"),
    ("Q", .queue, "negatives of earlier steps, queue × dim: the latest rows of Tb (of Zb without a teacher), which enter after the step"),
    ("Ma", .memories(view: 1), "unit rows of each image's moving average with Za taken in, without gradient, batch × dim"),
    ("Mb", .memories(view: 2), "unit rows of each image's moving average with Zb taken in, without gradient, batch × dim"),
    ("Z", .views, "Z[i]: unit projections of view i"),
    ("loss", .loss, "the training loss, symmetrised"),
    ("M", .batchSize, "rows of a batch"),
    ("D", .dim, "length of a projection"),
    ("epochs", .epochs, "epochs of the profile"),
    ("profile", .profile, "name of the profile"),
    ("dataset", .dataset, "name of the data set, text"),
    ("pi", .pi, "3.14159…"),
    ("true", .yes, "true"),
    ("false", .no, "false")
  ]

  /// One line on a name, for `show` and `help`.
  public static func summary(of name: String) -> String? { ordered.first { $0.0 == name }?.2 }
}
