import Tensors

// The vocabulary in which formulas, layers and pullbacks are written. Shapes must already agree; `broadcast` is explicit.
//
// To be written by the graph's author, as extensions of Node, each returning `graph.apply(…)`:
//
//   static func + - * / (Node, Node)          equal shapes, or one of them a scalar (a Double literal works on either side)
//   prefix -                                   negation
//   exp() log() sqrt() absolute() relu() tanh() cosine() sine() sign() positive()   (positive: 1 where > 0, else 0)
//   power(Node), maximum(Node), minimum(Node), less(Node), lessOrEqual(Node), equal(Node)      0 or 1
//   sum(axes: [Int])  mean(axes: [Int])  sum()  mean()  maximum(axes:)  minimum(axes:)         reduced axes vanish
//   broadcast(to: Shape, axes: [Int])         axes[i] is the axis of the result that axis i of self becomes; the others repeat
//   reshaped(Shape)  transposed()  (rank 2)
//   rows(Range<Int>)   row(Int)  columns(Range<Int>)  concatenated rows: Graph.concatenate([Node])
//   gatherRows(index: Node)                    index: float32 row numbers, shape [n]; a permutation for Zn
//   matmul(Node, transposingSelf: Bool, transposingOther: Bool)
//   normalizedRows()                           x / max(‖x‖, 1e-12) by row (F.normalize)
//   softmaxRows()  logSumExpRows()             stable; [M, N] → [M, N], [M]
//   entropyTerms()                             -x·log x, with 0·log 0 = 0
//   stopGradient()
//   diagonal()  ([D, D] → [D])   diagonalMatrix()  ([D] → [D, D])
//   eigenvalues() eigenvectors() (symmetric, largest first; columns) singularValues() cholesky() solve(Node) logDeterminant()
//   Graph.normal(shape, stream: RandomStream)  Graph.uniform(shape, stream:)      one draw a step
//   addingRow(Node)  [M, D] + [D]; convolution2D, batchNorm, channel bias, globalAveragePool: see Primitives/
