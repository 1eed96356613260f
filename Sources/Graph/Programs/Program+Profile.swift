extension Program {
  /// One run with every operation timed: by primitive, the slowest first.
  public func profile(_ context: RunContext = RunContext()) -> [ProgramProfile.Row] {
    let profile = ProgramProfile(of: self)
    profile.run(context)
    return profile.rows
  }
}
