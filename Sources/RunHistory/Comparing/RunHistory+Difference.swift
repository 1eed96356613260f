import SourceText

extension RunHistory {
  /// Only what differs between two runs, forgotten ones too: outcome and place, settings, formulas (the losses aligned as trees), and for each metric
  /// the first step at which the series part. Empty where nothing does: names, numbers and dates are no difference.
  public func difference(between left: Int64, and right: Int64) throws(HistoryError) -> [RunReport.Section] {
    try read { db in try DifferenceBuilder(left: left, right: right, db: db).sections() }
  }
}
