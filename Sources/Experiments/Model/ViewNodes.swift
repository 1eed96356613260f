import Graph
import Networks
import Tensors
import Training

/// The nodes that names such as `fa`, `zb`, `pa` stand for, made when they are first asked for.
///
/// Views are numbered from 1 (`a` is 1, `b` is 2). What the views are made of differs: in a step the images, for `on test` the features and
/// projections of the whole set, computed beforehand in evaluation statistics.
public final class ViewNodes {
  public enum Origin {
    /// One slot a view, [rows, channels, height, width].
    case images([InputSlot])
    /// One of these a view.
    case encodings([Encoding])
  }

  /// A view that was encoded beforehand.
  public struct Encoding {
    /// [rows, feature].
    public let features: InputSlot
    /// [rows, dim].
    public let projections: InputSlot
    /// The teacher's, [rows, dim]; nil without a teacher.
    public let teacherProjections: InputSlot?
  }

  public let graph: Graph
  public let model: Model
  public let mode: StatisticsMode
  /// The rows of a view: the batch, or the whole set.
  public let rows: Int
  public let origin: Origin
  /// Batch statistics in the order in which layers met them, for the running averages.
  public private(set) var statistics: [BatchStatistics] = []
  private var encodings: [Int: (features: Node, projections: Node)] = [:]
  private var teacherViews: Set<Int> = []
  /// Whether a formula has asked for the memory.
  public private(set) var usesMemory = false
  private var applications: [ApplicationKey: Node] = [:]

  private struct ApplicationKey: Hashable {
    let module: String
    let input: Node
    let frozen: Bool
  }

  public init(graph: Graph, model: Model, mode: StatisticsMode, rows: Int, origin: Origin) {
    self.graph = graph
    self.model = model
    self.mode = mode
    self.rows = rows
    self.origin = origin
  }

  /// The views that formulas have asked for.
  public var usedViews: [Int] { Set(encodings.keys).union(teacherViews).sorted() }

  public var viewCount: Int {
    switch origin {
    case .images(let slots): slots.count
    case .encodings(let encodings): encodings.count
    }
  }

  /// `fa`: [rows, feature].
  public func features(_ view: Int) -> Node { encoding(view).features }
  /// `za`: [rows, dim].
  public func projections(_ view: Int) -> Node { encoding(view).projections }
  /// `pa` = `h(za)`: [rows, dim]; nil without a predictor.
  public func predictions(_ view: Int) -> Node? {
    model.predictor.map { apply($0, to: projections(view)) }
  }

  /// `ta`, the teacher's projection: [rows, dim], without gradient; nil without a teacher.
  public func teacherProjections(_ view: Int) -> Node? {
    guard let teacher = model.teacher else { return nil }
    teacherViews.insert(view)
    switch origin {
    case .images(let slots):
      return apply(teacher.projector, to: apply(teacher.encoder, to: graph.input(slots[view - 1]))).stopGradient()
    case .encodings(let encodings): return encodings[view - 1].teacherProjections.map { graph.input($0) }
    }
  }

  /// `Q`: [K, dim]; nil without a queue.
  public var queue: Node? { model.queue.map { graph.variable($0.rows) } }

  /// The keys that enter the queue after a step: the teacher's unit projections of view b, or the encoder's without a teacher.
  public var keys: Node { (teacherProjections(2) ?? projections(2)).normalizedRows() }

  /// `Ma`: unit rows of the images' moving averages with this view taken in, [rows, dim], without gradient; nil without a memory.
  public func memories(_ view: Int) -> Node? {
    updatedMemories(toward: projections(view).normalizedRows())?.normalizedRows().stopGradient()
  }

  /// What the memory keeps of the images after a step: both views taken in, half of each.
  public var keptMemories: Node? {
    updatedMemories(toward: (projections(1).normalizedRows() + projections(2).normalizedRows()) * 0.5)
  }

  /// μ·m + (1-μ)·z for images seen, z for the others.
  private func updatedMemories(toward rows: Node) -> Node? {
    guard let memory = model.memory else { return nil }
    let slots = memory.slots(for: self.rows)
    usesMemory = true
    let share = (graph.input(slots.seen) * memory.momentum).broadcast(to: rows.shape, axes: [0])
    return rows + share * (graph.input(slots.rows) - rows)
  }

  /// `module(input)`, computed once for equal input.
  public func apply(_ module: Module, to input: Node, frozen: Bool = false) -> Node {
    let key = ApplicationKey(module: module.name, input: input, frozen: frozen)
    if let known = applications[key] { return known }
    let application = module.apply(to: input, mode: mode, frozen: frozen)
    statistics += application.statistics
    applications[key] = application.output
    return application.output
  }

  private func encoding(_ view: Int) -> (features: Node, projections: Node) {
    if let known = encodings[view] { return known }
    let made: (features: Node, projections: Node)
    switch origin {
    case .images(let slots):
      let features = apply(model.encoder, to: graph.input(slots[view - 1]))
      made = (features, apply(model.projector, to: features))
    case .encodings(let encodings):
      made = (graph.input(encodings[view - 1].features), graph.input(encodings[view - 1].projections))
    }
    encodings[view] = made
    return made
  }
}
