import SourceText

// Heads, written as the paper writes them.
extension Parser {
  /// `Module = "module" NAME "=" Layers`
  mutating func module() throws(Diagnostic) -> Statement.Kind {
    let name = try takeBinder("the name of the module")
    try expect(.assign, "and its layers")
    return .layers(name: name, try layers())
  }

  /// `Layers = Layer { "+" Layer }`
  mutating func layers() throws(Diagnostic) -> LayerFormula {
    let start = token.range.lowerBound
    return LayerFormula(layers: try layerList(), span: span(from: start))
  }

  private mutating func layerList() throws(Diagnostic) -> [LayerFormula.Layer] {
    var layers = [try layer()]
    while token.isSymbol(.plus) {
      try advanceOverOperator()
      layers.append(try layer())
    }
    guard isAtStatementEnd || token.isSymbol(.rightParenthesis) else {
      throw expected("`+` and a layer, or the end of the statement", hint: "layers are joined by `+`: `fc D + bn + relu`")
    }
    return layers
  }

  /// `Layer = "fc" [ Product ] | NAME [ Product | "(" ( Options | Layers ) ")" ]`: the parenthesis of an `fc` is a width.
  private mutating func layer() throws(Diagnostic) -> LayerFormula.Layer {
    let start = token.range.lowerBound
    let name = try takeBinder("a layer")
    var width: Expression?
    var options: [(Binder, Expression)] = []
    var inner: [LayerFormula.Layer] = []
    if token.isSymbol(.leftParenthesis), !token.followsSpace, name.name != "fc" {
      try enter()
      try open(.leftParenthesis)
      if following()?.isSymbol(.assign) ?? false {
        options = try self.options()
      } else if !token.isSymbol(.rightParenthesis) {
        inner = try layerList()
      }
      try close(.rightParenthesis)
      leave()
    } else if beginsExpression, !token.isSymbol(.minus) {
      width = try expression(from: .product)
    }
    return LayerFormula.Layer(name: name, width: width, options: options, inner: inner, span: span(from: start))
  }

  /// `Options = NAME "=" Value { "," NAME "=" Value }`
  private mutating func options() throws(Diagnostic) -> [(Binder, Expression)] {
    var options: [(Binder, Expression)] = []
    repeat {
      let key = try takeBinder("an option")
      try expect(.assign, "and the option's value")
      options.append((key, try value()))
    } while try takeComma()
    return options
  }
}
