import SourceText

// Statements that name, print and check formulas.
extension Parser {
  /// `Let = "let" NAME "=" Expression`
  mutating func letBinding() throws(Diagnostic) -> Statement.Kind {
    let name = try takeBinder("the name to define")
    try expect(.assign, "and a formula")
    return .letBinding(name, try expression())
  }

  /// `Val = "val" NAME "=" Expression [ Sample ]`
  mutating func valBinding() throws(Diagnostic) -> Statement.Kind {
    let name = try takeBinder("the name to define")
    try expect(.assign, "and a formula")
    return .valBinding(name, try expression(), on: try sample())
  }

  /// `Loss = "loss" ( [ "onesided" ] Expression | "alternating" Expression "," Expression )`
  mutating func loss() throws(Diagnostic) -> Statement.Kind {
    if try take(word: "alternating") {
      let odd = try expression()
      guard try takeComma() else {
        throw expected("`,` and the loss of the even steps", hint: "write `loss alternating E1, E2`")
      }
      return .loss(.alternating, [odd, try expression()])
    }
    let mode: Statement.LossMode = try take(word: "onesided") ? .onesided : .symmetric
    let formula = try expression()
    guard !token.isSymbol(.comma) else {
      throw Diagnostic(
        "a loss is one formula", at: placeOfToken, hint: "`loss alternating E1, E2` trains E1 on odd steps and E2 on even")
    }
    return .loss(mode, [formula])
  }

  /// `Track = "track" NAME "=" Expression [ "every" ( "step" | "epoch" ) ] [ Sample ]`, the last two in either order.
  ///
  /// Without `every` a metric is of every step; of every epoch when it is of a sample, as that costs a pass of its own.
  mutating func track() throws(Diagnostic) -> Statement.Kind {
    let name = try takeBinder("the name of the metric")
    try expect(.assign, "and a formula")
    let formula = try expression()
    var sample = try sample()
    let cadence = try every()
    if sample == nil { sample = try self.sample() }
    return .track(name, formula, every: cadence ?? (sample == nil ? .step : .epoch), on: sample)
  }

  private mutating func every() throws(Diagnostic) -> Statement.Cadence? {
    guard try take(word: "every") else { return nil }
    guard let cadence = token.name.flatMap(Statement.Cadence.init(rawValue:)) else { throw expected("`step` or `epoch`") }
    try advance()
    return cadence
  }

  /// `Print = "print" ExpressionList [ Sample ]`
  mutating func print() throws(Diagnostic) -> Statement.Kind {
    .print(try expressionList(namesAloneUntil: ["on"]), on: try sample())
  }

  /// `Sample = "on" ( "train" | "test" | Product "batches" )`
  mutating func sample() throws(Diagnostic) -> Sample? {
    let start = token.range.lowerBound
    guard try take(word: "on") else { return nil }
    if try take(word: "train") { return Sample(.train, span: span(from: start)) }
    if try take(word: "test") { return Sample(.test, span: span(from: start)) }
    let what = "`train`, `test` or a number of batches behind `on`"
    if let word = token.name, !(following()?.isName("batches") ?? false), !(following()?.isName("batch") ?? false) {
      throw expected(what, hint: NearestNames.question(for: word, among: ["train", "test"]))
    }
    guard beginsExpression else { throw expected(what) }
    let count = try expression(from: .product)
    guard try take(word: "batches", or: "batch") else { throw expected("`batches` behind their number") }
    return Sample(.batches(count), span: span(from: start))
  }
}
