import Graph

/// Mean over the rows of -log softmax at the label: [M, C] logits and one-hot labels → a scalar. The online probe's loss too.
public func crossEntropy(_ logits: Node, oneHot labels: Node) -> Node {
  (logits.logSumExpRows() - (logits * labels).sum(axes: [1])).mean()
}
