import Networks
import SourceText
import Syntax

/// Layers as typed, turned into layers with numbers.
struct HeadResolution {
  /// `D` in widths, and the width of a bare `fc`.
  let dim: Int
  /// Reads a width; `D` is bound.
  let width: (Expression) throws(Diagnostic) -> Double

  static let layerNames = ["fc", "bn", "relu", "l2", "bias", "identity", "tanh", "none"]
  static let widest = 1 << 16

  /// nil for `none`.
  func head(_ formula: LayerFormula) throws(Diagnostic) -> Head? {
    if formula.layers.count == 1, formula.layers[0].name.name == "none" { return nil }
    let hasBiasLayer = formula.layers.contains { $0.name.name == "bias" }
    var layers: [Layer] = []
    for (index, layer) in formula.layers.enumerated() {
      let next = formula.layers.dropFirst(index + 1).first?.name.name
      layers.append(try resolved(layer, isBeforeNorm: next == "bn", hasBiasLayer: hasBiasLayer))
    }
    return Head(layers)
  }

  private func resolved(_ layer: LayerFormula.Layer, isBeforeNorm: Bool, hasBiasLayer: Bool) throws(Diagnostic) -> Layer {
    let name = layer.name.name
    if name != "fc", let width = layer.width {
      throw Diagnostic("`\(name)` has no width", at: width.span, hint: "`fc \(width.span.text)` is a layer with one")
    }
    if name != "bn", let option = layer.options.first {
      throw Diagnostic("`\(name)` has no option `\(option.0.name)`", at: option.0.span)
    }
    switch name {
    case "fc":
      // Before a batch norm a bias would be taken away again, and beside a `bias` layer it would be a second one.
      return .linear(width: try width(of: layer), bias: !isBeforeNorm && !hasBiasLayer)
    case "bn": return .batchNorm(affine: try isAffine(layer))
    case "relu": return .relu
    case "l2": return .l2
    case "bias": return .bias
    case "identity": return .identity
    case "tanh":
      guard layer.inner.count == 1, layer.inner[0].name.name == "fc" else {
        throw Diagnostic(
          "`tanh` stands around one fc: the paper applies it to the weight after every step", at: layer.span, hint: "`tanh(fc)`")
      }
      return .tanhLinear(width: try width(of: layer.inner[0]))
    case "none": throw Diagnostic("`none` stands alone", at: layer.span, hint: "`predictor none`")
    default:
      throw Diagnostic(
        "there is no layer `\(name)`", at: layer.name.span,
        hint: NearestNames.question(for: name, among: Self.layerNames) ?? "layers are: \(Self.layerNames.joined(separator: ", "))")
    }
  }

  private func width(of layer: LayerFormula.Layer) throws(Diagnostic) -> Int {
    guard let expression = layer.width else { return dim }
    let number = try width(expression)
    guard let width = Int(exactly: number), (1...Self.widest).contains(width) else {
      let text = Value.number(number).text
      let words = expression.span.text.shortened
      throw Diagnostic(
        "\(words == text ? "`\(words)` is no width" : "`\(words)` is \(text)"): a width is a whole number from 1 to \(Self.widest)",
        at: expression.span)
    }
    return width
  }

  private func isAffine(_ layer: LayerFormula.Layer) throws(Diagnostic) -> Bool {
    var affine = true
    for (name, value) in layer.options {
      guard name.name == "affine" else {
        throw Diagnostic("`bn` has no option `\(name.name)`", at: name.span, hint: "its option is `affine`, true or false")
      }
      switch value.kind {
      case .name("true"): affine = true
      case .name("false"): affine = false
      default: throw Diagnostic("`affine` is true or false, not `\(value.span.text)`", at: value.span)
      }
    }
    return affine
  }
}
