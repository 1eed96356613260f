extension BuiltInName {
  /// Statements that show the name at work: they can be run once there are data and a model.
  public var example: String {
    switch self {
    case .features(let view): "print shape(f\(view.letter))"
    case .projections(let view): "print norm(z\(view.letter))"
    case .unitProjections(let view): "print mean(norm(Z\(view.letter)))"
    case .predictions(let view): "print cos(p\(view.letter), z\(view.letter))"
    case .unitPredictions(let view): "loss -P\(view.letter) . sg(Z\(view.other))"
    case .residuals(let view): "loss -Z\(view.other) . sg(r\(view.letter))"
    case .projectionCenter: "print norm(oz)"
    case .predictionCenter: "print cos(op, oz)"
    case .negatives: "let Ge = -Zn"
    case .extraCenter: "let Ge = -Zn; print cos(oe, oz)"
    case .extraResidual: "let Ge = -Zn; print shape(re)"
    case .teacherProjections(let view): "teacher 0.99; print shape(t\(view.letter))"
    case .unitTeacherProjections(let view): "teacher 0.99; loss -P\(view.other) . T\(view.letter)"
    case .queue: "queue 256; print shape(Q)"
    case .memories(let view): "memory 0.8; loss -Z\(view.other) . M\(view.letter)"
    case .views: "views 3; print cos(Z[1], Z[3])"
    case .loss: "print loss"
    case .batchSize: "print M"
    case .dim: "print 1/sqrt(D)"
    case .epochs: "train 2*epochs"
    case .profile: "print profile"
    case .dataset: "print dataset"
    case .pi: "print cos(pi)"
    case .yes: "print true and not false"
    case .no: "encoder convnet width=4 winograd=false"
    }
  }

  /// Where the paper has it.
  public var paper: String? {
    switch self {
    case .features, .projections: "Sec. 2"
    case .unitProjections: "Eq. 1"
    case .predictions, .unitPredictions: "Eq. 2"
    case .projectionCenter, .residuals: "Sec. 3.1"
    case .predictionCenter: "Sec. 3.4"
    case .negatives: "Sec. 3.3, Table 3"
    case .extraCenter, .extraResidual: "Sec. 3.2"
    case .memories: "Sec. 2.1, Fig. 1b"
    case .views: "A.3, A.7"
    case .loss: "Eq. 1 and 2"
    case .batchSize, .epochs, .dataset: "A.1"
    case .dim: "A.1, Alg. 6"
    case .teacherProjections, .unitTeacherProjections, .queue, .profile, .pi, .yes, .no: nil
    }
  }
}

extension Int {
  /// Of the first two views.
  fileprivate var letter: String { self == 1 ? "a" : "b" }
  fileprivate var other: String { self == 1 ? "b" : "a" }
}
