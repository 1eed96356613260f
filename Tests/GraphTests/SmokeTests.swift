import Graph
import Tensors
import Testing
import Kernels

@Test func gradientOfRows() throws {
  let g = Graph()
  let a = g.tensor(Tensor(shape: [2, 2], values: [3, 4, 1, 0]), identity: 0)
  let n = a.normalizedRows()
  let b = g.tensor(Tensor(shape: [2, 2], values: [1, 0, 0, 1]), identity: 1)
  let loss = -((n * b.stopGradient()).sum(axes: [1])).mean()
  let d = g.gradients(of: loss, withRespectTo: [a, n, b])
  #expect(d[2] == nil)
  let p = try Program(outputs: [n, loss, d[0]!, d[1]!, a.matmul(b, transposingSelf: true), a.maximum(axes: [0])])
  p.run()
  for i in 0..<6 { print(p.tensor(i)) }
  print(p.arenaBytes, p.operationCount, p.profile())
}
