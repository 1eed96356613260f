import Processor
import Testing

@Suite struct ProcessorFeaturesTests {
  private static let list = "processor\t: 0\nmodel name\t: A processor\nflags\t\t: fpu sse2 avx avx2 fma\nbugs\t\t: none\n"

  @Test func flagsAreRead() {
    #expect(ProcessorFeatures.flags(inProcessorList: Self.list) == ["fpu", "sse2", "avx", "avx2", "fma"])
    #expect(ProcessorFeatures.flags(inProcessorList: "Features\t: fp asimd\n") == nil)
  }

  @Test func whatIsMissingIsNamed() {
    let available = ProcessorFeatures.flags(inProcessorList: Self.list)
    #expect(ProcessorFeatures.missing(from: available, needed: ["avx2", "avx512f", "avx512dq"]) == ["avx512f", "avx512dq"])
    #expect(ProcessorFeatures.missing(from: available, needed: ["avx2"]) == [])
    #expect(ProcessorFeatures.missing(from: nil, needed: ["avx512f"]) == [])
  }

  @Test func theProcessorAtHandHasWhatItWasBuiltFor() {
    #expect(ProcessorFeatures.missing(from: ProcessorFeatures.available()) == [])
  }
}
