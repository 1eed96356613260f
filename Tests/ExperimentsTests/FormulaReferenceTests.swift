import Experiments
import Foundation
import Syntax
import Tensors
import TestSupport
import Testing

/// Values of formulas and of their gradients, once and twice, against PyTorch's in float64 (`Fixtures/make_formulas.py`).
@Suite struct FormulaReferenceTests {
  struct Array: Decodable, Sendable {
    let shape: [Int]
    let values: [Double]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let formula: String
    let shape: [Int]
    let values: [Double]
    var testDescription: String { formula }
  }

  struct Reference: Decodable, Sendable {
    let inputs: [String: Array]
    let cases: [Case]

    static let all: Reference? = try? JSONDecoder().decode(
      Reference.self, from: Data(contentsOf: Fixtures.url("Fixtures/formulas.json", beside: #filePath)))
  }

  @Test(arguments: Reference.all?.cases ?? []) func agreesWithPyTorch(_ reference: Case) throws {
    let laboratory = try Laboratory()
    for (name, input) in try #require(Reference.all).inputs.sorted(by: { $0.key < $1.key }) {
      let tensor = Tensor(shape: Shape(input.shape), values: input.values.map(Float.init))
      laboratory.experiment.definitions.set(
        name, to: .tensor(tensor, NamedShape(input.shape.map { Axis(nil, $0) })), source: name)
    }
    #expect(try laboratory.floats("shape(\(reference.formula))") == reference.shape.map(Float.init))
    let values = try laboratory.floats(reference.formula)
    let expected = reference.values.map(Float.init)
    if expected.allSatisfy({ $0 == 0 }) {
      #expect(values.allSatisfy { abs($0) < 1e-6 })
    } else {
      #expect(relativeError(values, expected) < 1e-5)
    }
  }

  @Test func theFixtureIsThere() throws {
    #expect(try #require(Reference.all).cases.count > 60)
  }
}
