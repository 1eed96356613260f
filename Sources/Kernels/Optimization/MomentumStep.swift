/// Stochastic gradient descent with momentum and weight decay, in PyTorch's form (`torch.optim.SGD`, no dampening, no Nesterov).
public enum MomentumStep {
  /// v ← μ·v + (g + λ·w), then w ← w − η·v, elementwise over `count` floats in place. `gradient` overlaps neither.
  ///
  /// PyTorch starts v at the first g + λ·w; starting it at zero is the same.
  public static func run(
    weight: UnsafeMutablePointer<Float>, velocity: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, count: Int,
    rate: Float, momentum: Float, decay: Float, pool: ThreadPool
  ) {
    pool.split(count, minimumPart: 1 << 14) { _, range in
      for index in range {
        let slope = gradient[index].addingProduct(decay, weight[index])
        let speed = slope.addingProduct(momentum, velocity[index])
        velocity[index] = speed
        weight[index].addProduct(-rate, speed)
      }
    }
  }
}
