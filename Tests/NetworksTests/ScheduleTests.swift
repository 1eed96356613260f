import Networks
import Testing

@Suite struct ScheduleTests {
  private func rates(_ schedule: Schedule, total: Int, stepsPerEpoch: Int) -> [Double] {
    (0..<total).map { schedule.rate(base: 2, step: $0, of: total, stepsPerEpoch: stepsPerEpoch) }
  }

  @Test func constantIsConstant() {
    #expect(rates(.constant, total: 3, stepsPerEpoch: 1) == [2, 2, 2])
  }

  /// Four steps up, then ½(1 + cos(π·k/8)) of 2 for k = 0…7.
  @Test func cosineAfterLinearWarmup() {
    let expected = [
      0.5, 1, 1.5, 2, 2, 1.9238795325112867, 1.7071067811865475, 1.3826834323650898, 1, 0.6173165676349103, 0.2928932188134525,
      0.0761204674887133
    ]
    let found = rates(.cosine(warmupEpochs: 2), total: 12, stepsPerEpoch: 2)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func withoutWarmupItStartsAtTheBase() {
    #expect(rates(.cosine(warmupEpochs: 0), total: 2, stepsPerEpoch: 1) == [2, 1])
  }

  @Test func partsOfAnEpochAreRounded() {
    #expect(abs(Schedule.cosine(warmupEpochs: 0.5).rate(base: 1, step: 0, of: 100, stepsPerEpoch: 19) - 0.1) < 1e-12)
  }

  @Test func warmupLongerThanTheRun() {
    #expect(rates(.cosine(warmupEpochs: 10), total: 2, stepsPerEpoch: 2) == [0.1, 0.2])
    #expect(Schedule.cosine(warmupEpochs: 1).rate(base: 2, step: 4, of: 4, stepsPerEpoch: 4).isFinite)
    #expect(Schedule.cosine(warmupEpochs: .infinity).rate(base: 2, step: 0, of: 4, stepsPerEpoch: 4) == 2)
  }
}
