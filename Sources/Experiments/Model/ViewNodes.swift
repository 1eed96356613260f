import Graph
import Networks
import Tensors

/// The nodes that names such as `fa`, `zb`, `pa` stand for, made when they are first asked for.
///
/// Views are numbered from 1 (`a` is 1, `b` is 2). What the views are made of differs: in a step the images, for `on test` the features and
/// projections of the whole set, computed beforehand in evaluation statistics.
public final class ViewNodes {
  public enum Origin {
    /// One slot a view, [rows, channels, height, width].
    case images([InputSlot])
    /// One pair a view: features [rows, feature] and projections [rows, dim].
    case encodings([(features: InputSlot, projections: InputSlot)])
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
  public var usedViews: [Int] { encodings.keys.sorted() }

  public var viewCount: Int {
    switch origin {
    case .images(let slots): slots.count
    case .encodings(let pairs): pairs.count
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
    case .encodings(let pairs):
      made = (graph.input(pairs[view - 1].features), graph.input(pairs[view - 1].projections))
    }
    encodings[view] = made
    return made
  }
}
