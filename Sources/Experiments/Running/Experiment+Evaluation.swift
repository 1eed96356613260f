import Datasets
import Graph
import Kernels
import Networks
import SourceText
import Syntax
import Tensors
import Training

extension Experiment {
  /// Computes expressions on a sample: the next training batch (which is not used up) unless `on` says otherwise. Expressions that name
  /// no view need neither data nor model.
  ///
  /// - Parameter owner: the statement they are written in, which names the streams of their `randn`.
  public func evaluate(
    _ expressions: [Expression], owner: String, on sample: Sample? = nil, bindings: [String: Meaning] = [:]
  ) throws(Diagnostic) -> Evaluation {
    switch sample?.kind {
    case nil: return try evaluateOnBatches(1, expressions, owner, bindings)
    case .batches(let count): return try evaluateOnBatches(try batchCount(count), expressions, owner, bindings)
    case .train: return try evaluateOnSplit(\.train, expressions, owner, bindings, at: sample?.span)
    case .test: return try evaluateOnSplit(\.test, expressions, owner, bindings, at: sample?.span)
    }
  }

  /// One value.
  public func value(_ expression: Expression, owner: String, on sample: Sample? = nil) throws(Diagnostic) -> Value {
    try evaluate([expression], owner: owner, on: sample).values[0]
  }

  func batchCount(_ expression: Expression) throws(Diagnostic) -> Int {
    guard let number = try value(expression, owner: "on").number, let count = Int(exactly: number), (1...100_000).contains(count) else {
      throw Diagnostic("`\(expression.span.text)` is no number of batches", at: expression.span, hint: "`on 20 batches`")
    }
    return count
  }

  /// - Parameter first: so many batches after the next.
  func evaluateOnBatches(
    _ count: Int, _ expressions: [Expression], _ owner: String, _ bindings: [String: Meaning], from first: Int = 0
  ) throws(Diagnostic) -> Evaluation {
    if bindings.isEmpty, let known = recalculations.find(expressions, owner, definitions) {
      known.program.run(RunContext())
      return try read(known.meanings, expressions, []) { known.program.tensor($0) }
    }
    var inputs: StepInputs?
    var surroundings = surroundings { [self] graph throws(Diagnostic) in
      let model = try requireModel(at: expressions.first?.span)
      let made = StepInputs(model: model, settings: settings)
      inputs = made
      return made.views(graph, model)
    }
    surroundings.textOf = text
    let elaboration = Elaboration(surroundings)
    let (meanings, program) = try compile(expressions, owner, bindings, elaboration)
    guard let program else { return try constants(meanings, expressions, elaboration) }
    guard let inputs else {
      let step = elaboration.drawsNumbers ? nextDraw(of: owner) : 0
      program.run(RunContext(step: step))
      if bindings.isEmpty { recalculations.keep(program, meanings, of: expressions, owner, elaboration) }
      return try read(meanings, expressions, elaboration.warnings) { program.tensor($0) }
    }
    let source = try requireSource(at: expressions.first?.span)
    var mean = RunningMean()
    var numbers = [Int32](repeating: 0, count: source.batch)
    for step in position + first..<position + first + count {
      try checkInterruption(at: expressions.first?.span)
      numbers.withUnsafeMutableBufferPointer { numbers in
        source.fill(step: step, images: inputs.images.map(\.buffer.pointer), indices: numbers.baseAddress)
        if elaboration.views?.usesMemory == true { model?.memory?.prepare(images: UnsafeBufferPointer(numbers)) }
      }
      elaboration.permutation?.fillNegatives(seed: seed, step: step)
      program.run(RunContext(step: UInt64(step)))
      mean.add(program, count: elaboration.readout.nodes.count)
    }
    if count > 1 { for (meaning, expression) in zip(meanings, expressions) { try requireMeanOverBatches(meaning, expression) } }
    let evaluation = try read(meanings, expressions, elaboration.warnings) { mean.tensor($0) }
    return Evaluation(
      values: evaluation.values, deviations: count > 1 ? mean.deviations(of: meanings) : evaluation.deviations,
      warnings: evaluation.warnings)
  }

  func requireMeanOverBatches(_ meaning: Meaning, _ expression: Expression) throws(Diagnostic) {
    guard case .array(_, let shape) = meaning, shape.hasBatch else { return }
    throw Diagnostic(
      "`\(expression.span.text.shortened)` is \(shape): each batch has its own images, so there is no mean over batches",
      at: expression.span, hint: "`mean(…)`, `norm(center(…))` and the like are numbers of a batch, which can be averaged")
  }

  /// Views made of the features and projections of a whole split, which are to be filled into `slots`.
  func splitElaboration(
    _ part: KeyPath<ImageDataset, ImageSplit>, at site: SourceSpan?, slots: @escaping ([ViewNodes.Encoding]) -> Void = { _ in }
  ) -> Elaboration {
    var surroundings = surroundings { [self] graph throws(Diagnostic) in
      let model = try requireModel(at: site)
      let rows = try requireDataset(at: site)[keyPath: part].count
      let made = (1...settings.views).map { view in
        ViewNodes.Encoding(
          features: InputSlot(name: "features \(view)", shape: [rows, model.encoder.outputWidth]),
          projections: InputSlot(name: "projections \(view)", shape: [rows, model.dim]),
          teacherProjections: model.teacher == nil ? nil : InputSlot(name: "teacher \(view)", shape: [rows, model.dim]))
      }
      slots(made)
      return ViewNodes(graph: graph, model: model, mode: .evaluation, rows: rows, origin: .encodings(made))
    }
    surroundings.textOf = text
    return Elaboration(surroundings)
  }

  /// What stands between the braces of a text: of the next batch, whatever the statement is of.
  private func text(_ expression: Expression) throws(Diagnostic) -> String { try value(expression, owner: "text").text }

  func requireMemoryHas(_ part: KeyPath<ImageDataset, ImageSplit>, at site: SourceSpan?) throws(Diagnostic) {
    guard part == \ImageDataset.train else {
      throw Diagnostic("the memory is of training images", at: site, hint: "`on train`, or on the next batch")
    }
  }

  /// The whole split in evaluation statistics: encoded in chunks, then the formula on all rows at once.
  private func evaluateOnSplit(
    _ part: KeyPath<ImageDataset, ImageSplit>, _ expressions: [Expression], _ owner: String, _ bindings: [String: Meaning],
    at site: SourceSpan?
  ) throws(Diagnostic) -> Evaluation {
    var slots: [ViewNodes.Encoding] = []
    let elaboration = splitElaboration(part, at: site) { slots = $0 }
    let (meanings, program) = try compile(expressions, owner, bindings, elaboration)
    guard let program else { return try constants(meanings, expressions, elaboration) }
    if !slots.isEmpty {
      let encoding = try SplitEncoding(model: try requireModel(at: site), batch: settings.batch, at: site)
      let dataset = try requireDataset(at: site)
      for view in elaboration.views?.usedViews.map({ $0 - 1 }) ?? [] {
        encoding.run(
          dataset[keyPath: part], view: view, augmentation: settings.augmentation, normalization: dataset.normalization, seed: seed,
          into: slots[view], stop: stop)
        try checkInterruption(at: site)
      }
    }
    if elaboration.views?.usesMemory == true {
      try requireMemoryHas(part, at: site)
      model?.memory?.prepareAllImages()
    }
    elaboration.permutation?.fillNegatives(seed: seed, step: 0)
    program.run(RunContext(step: slots.isEmpty && elaboration.drawsNumbers ? nextDraw(of: owner) : 0))
    return try read(meanings, expressions, elaboration.warnings) { program.tensor($0) }
  }

  private func compile(
    _ expressions: [Expression], _ owner: String, _ bindings: [String: Meaning], _ elaboration: Elaboration
  ) throws(Diagnostic) -> ([Meaning], Program?) {
    var meanings: [Meaning] = []
    for (index, expression) in expressions.enumerated() {
      let meaning = try elaboration.meaning(
        of: expression, owner: index == 0 ? owner : "\(owner) \(index + 1)", bindings: bindings)
      elaboration.readout.collect(meaning)
      meanings.append(meaning)
    }
    let nodes = elaboration.readout.nodes
    guard !nodes.isEmpty else { return (meanings, nil) }
    let program = try Self.compiled(nodes, at: expressions.first?.span)
    try requireRoom(for: nodes.map(\.shape), at: expressions.first?.span)
    return (meanings, program)
  }

  /// A list may name one large array a million times; each is a value of its own once it is computed.
  func requireRoom(for shapes: [Shape], at site: SourceSpan?) throws(Diagnostic) {
    let entries = shapes.reduce(0.0) { $0 + Double($1.count) }
    // A result is held twice while it is read, and its mean and deviation in double precision.
    guard entries <= 1e9, entries * 24 <= Double(MemoryRoom.bytes) else {
      throw Diagnostic("the result would have \(NumberWords.count(entries)) entries: more than fit", at: site)
    }
  }

  private func constants(
    _ meanings: [Meaning], _ expressions: [Expression], _ elaboration: Elaboration
  ) throws(Diagnostic) -> Evaluation {
    try read(meanings, expressions, elaboration.warnings) { _ in Tensor(0) }
  }

  private func read(
    _ meanings: [Meaning], _ expressions: [Expression], _ warnings: [Diagnostic], _ tensor: @escaping (Int) -> Tensor
  ) throws(Diagnostic) -> Evaluation {
    var reader = Readout.Reader(tensor: tensor)
    var values: [Value] = []
    for (meaning, expression) in zip(meanings, expressions) { values.append(try reader.value(meaning, at: expression.span)) }
    return Evaluation(values: values, deviations: values.map { _ in nil }, warnings: warnings)
  }

  private func nextDraw(of owner: String) -> UInt64 {
    let draw = draws[owner, default: 0]
    draws[owner] = draw + 1
    return draw
  }
}

/// Means and deviations of a program's outputs over several runs, in double precision.
private struct RunningMean {
  private var count = 0.0
  private var shapes: [Shape] = []
  private var means: [[Double]] = []
  private var squares: [[Double]] = []

  mutating func add(_ program: Program, count outputs: Int) {
    count += 1
    for output in 0..<outputs {
      let tensor = program.tensor(output)
      if means.count == output {
        shapes.append(tensor.shape)
        means.append(Array(repeating: 0, count: tensor.values.count))
        squares.append(means[output])
      }
      for (place, value) in tensor.values.enumerated() {
        let difference = Double(value) - means[output][place]
        means[output][place] += difference / count
        squares[output][place] += difference * (Double(value) - means[output][place])
      }
    }
  }

  func tensor(_ output: Int) -> Tensor { Tensor(shape: shapes[output], values: means[output].map(Float.init)) }

  /// The deviation (divisor N-1) of each meaning that is one number.
  func deviations(of meanings: [Meaning]) -> [Double?] {
    var output = 0
    return meanings.map { meaning in
      var readout = Readout()
      readout.collect(meaning)
      defer { output += readout.nodes.count }
      guard case .array(_, let shape) = meaning, shape.rank == 0 else { return nil }
      return (squares[output][0] / (count - 1)).squareRoot()
    }
  }
}

/// Features and projections of a whole split in evaluation statistics, a chunk at a time, and cut short where `stop` is requested.
struct SplitEncoding {
  private let program: Program
  private let images: InputSlot
  private let widths: [Int]

  init(model: Model, batch: Int, at site: SourceSpan?) throws(Diagnostic) {
    let graph = Graph()
    images = InputSlot(name: "images", shape: Shape([batch] + model.encoder.inputShape.extents))
    let views = ViewNodes(graph: graph, model: model, mode: .evaluation, rows: batch, origin: .images([images]))
    let outputs = [views.features(1), views.projections(1)] + (views.teacherProjections(1).map { [$0] } ?? [])
    program = try Experiment.compiled(outputs, at: site)
    widths = outputs.map { $0.shape[1] }
  }

  func run(
    _ split: ImageSplit, view: Int, augmentation: Augmentation, normalization: Normalization, seed: UInt64,
    into encoding: ViewNodes.Encoding, stop: StopSignal?
  ) {
    let size = images.shape[0]
    for start in stride(from: 0, to: split.count, by: size) {
      if stop?.isRequested == true { return }
      let rows = start..<min(split.count, start + size)
      split.fillAugmented(
        rows, view: view, augmentation: augmentation, normalization: normalization, seed: seed, images: images.buffer.pointer)
      program.run(RunContext())
      let targets = [encoding.features, encoding.projections, encoding.teacherProjections]
      for (output, width) in widths.enumerated() {
        guard let target = targets[output] else { continue }
        (target.buffer.pointer + start * width).update(from: program.pointer(to: output), count: rows.count * width)
      }
    }
  }
}
