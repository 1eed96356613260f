import Networks
import Testing
import Training

@Suite struct TrainingPlanTests {
  private let plan = TrainingPlan(
    totalSteps: 40, stepsPerEpoch: 10, batch: 128, baseRate: 0.5, schedule: .cosine(warmupEpochs: 1),
    moduleRates: ["h": .constant, "probe": .probe, "encoder": ModuleRate(base: 0.1), "hinv": .frozen])

  @Test func theBaseRateIsScaledByTheBatch() {
    #expect(plan.rate(of: "projector", step: 9) == 0.25)
    #expect(plan.rate(of: "projector", step: 25) == 0.125)
  }

  @Test func modulesHaveRatesOfTheirOwn() {
    #expect([0, 20, 39].map { plan.rate(of: "h", step: $0) } == [0.25, 0.25, 0.25])
    #expect([0, 20, 39].map { plan.rate(of: "probe", step: $0) } == [0.1, 0.1, 0.1])
    #expect(plan.rate(of: "encoder", step: 25) == 0.025)
    #expect(plan.isFrozen("hinv") && !plan.isFrozen("h") && !plan.isFrozen("projector"))
  }

  @Test func aPlanKnowsWhatIsLeft() {
    #expect(plan.epochs == 4 && plan.remainingSteps == 40)
    let rest = plan.continued(after: 13)
    #expect(rest.remainingSteps == 27 && rest.totalSteps == 40)
    #expect(rest.rate(of: "projector", step: 25) == plan.rate(of: "projector", step: 25))
    #expect(plan.continued(after: 50).remainingSteps == 0)
  }
}
