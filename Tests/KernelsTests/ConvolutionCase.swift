import Kernels

/// One geometry with random x, w and g, each pass run on it, and each pass by its definition.
struct ConvolutionCase {
  let geometry: ConvolutionGeometry
  let convolution: Convolution
  let x: Floats
  let w: Floats
  let g: Floats

  /// Uniform numbers.
  init(_ geometry: ConvolutionGeometry, _ method: Convolution.Method) {
    self.geometry = geometry
    convolution = Convolution(geometry, method: method)
    x = Floats(random: geometry.images * geometry.inputChannels * geometry.height * geometry.width, "x")
    w = Floats(random: geometry.outputChannels * geometry.inputChannels * geometry.side * geometry.side, "w")
    g = Floats(random: geometry.images * geometry.outputChannels * geometry.outputHeight * geometry.outputWidth, "g")
  }

  /// Numbers near enough to normal: sums of twelve uniform ones.
  init(normal geometry: ConvolutionGeometry) {
    self.init(geometry, .direct)
    for (array, name) in [(x, "x"), (w, "w"), (g, "g")] {
      var reader = RandomStream(seed: 2, name: name).reader()
      for index in 0..<array.count { array.pointer[index] = (0..<12).reduce(-6) { sum, _ in sum + reader.unit() } }
    }
  }

  /// With the arrays of another.
  init(_ other: Self, _ method: Convolution.Method) {
    (geometry, x, w, g) = (other.geometry, other.x, other.w, other.g)
    convolution = Convolution(geometry, method: method)
  }

  /// With the arrays of another, its images with their channels first.
  init(_ other: Self, _ method: Convolution.Method, planes: Floats) {
    (geometry, x, w, g) = (other.geometry, planes, other.w, other.g)
    convolution = Convolution(geometry, method: method, readsPlanes: true)
  }

  /// Scratch as a kernel may find it: full of what was there before.
  func scratch(_ count: Int) -> Floats {
    let scratch = Floats(count: count)
    scratch.pointer.update(repeating: .nan, count: count)
    return scratch
  }

  func forward(_ pool: ThreadPool) -> Floats {
    let (y, scratch) = (Floats(count: g.count), scratch(convolution.forwardScratch(threads: pool.threadCount)))
    convolution.forward(input: x.pointer, weight: w.pointer, output: y.pointer, scratch: scratch.pointer, pool: pool)
    return y
  }

  /// y, and its moments that were taken on the way.
  func forwardWithMoments(_ pool: ThreadPool) -> (y: Floats, moments: Floats) {
    let (y, moments) = (Floats(count: g.count), Floats(count: 2 * geometry.outputChannels))
    let scratch = scratch(convolution.forwardScratch(threads: pool.threadCount))
    convolution.forward(
      input: x.pointer, weight: w.pointer, output: y.pointer, moments: moments.pointer, scratch: scratch.pointer, pool: pool)
    return (y, moments)
  }

  func inputGradient(_ pool: ThreadPool) -> Floats {
    let (result, scratch) = (Floats(count: x.count), scratch(convolution.inputGradientScratch(threads: pool.threadCount)))
    convolution.inputGradient(gradient: g.pointer, weight: w.pointer, into: result.pointer, scratch: scratch.pointer, pool: pool)
    return result
  }

  func weightGradient(_ pool: ThreadPool) -> Floats { weightGradient(of: g, pool) }

  /// From another gradient, or one that `norm` makes of it on the way.
  func weightGradient(of gradient: Floats, norm: BatchNorm.InputGradient? = nil, _ pool: ThreadPool) -> Floats {
    let (result, scratch) = (
      Floats(count: w.count), scratch(convolution.weightGradientScratch(threads: pool.threadCount, makesGradient: norm != nil))
    )
    convolution.weightGradient(
      gradient: gradient.pointer, input: x.pointer, into: result.pointer, gradientNorm: norm, scratch: scratch.pointer, pool: pool)
    return result
  }

  var naiveForward: [Double] {
    var y = Array(repeating: 0.0, count: g.count)
    forEachProduct { y[$0] += Double(x[$1]) * Double(w[$2]) }
    return y
  }

  var naiveInputGradient: [Double] {
    var result = Array(repeating: 0.0, count: x.count)
    forEachProduct { result[$1] += Double(g[$0]) * Double(w[$2]) }
    return result
  }

  var naiveWeightGradient: [Double] {
    var result = Array(repeating: 0.0, count: w.count)
    forEachProduct { result[$2] += Double(g[$0]) * Double(x[$1]) }
    return result
  }

  /// Calls `body(index of y, index of x, index of w)` for every product in the definition of the convolution.
  private func forEachProduct(_ body: (Int, Int, Int) -> Void) {
    let s = geometry
    for n in 0..<s.images {
      for o in 0..<s.outputChannels {
        for i in 0..<s.outputHeight {
          for j in 0..<s.outputWidth {
            let y = ((n * s.outputHeight + i) * s.outputWidth + j) * s.outputChannels + o
            for c in 0..<s.inputChannels {
              for a in 0..<s.side {
                for b in 0..<s.side {
                  let (row, column) = (s.stride * i + a - s.padding, s.stride * j + b - s.padding)
                  guard (0..<s.height).contains(row), (0..<s.width).contains(column) else { continue }
                  let x = ((n * s.height + row) * s.width + column) * s.inputChannels + c
                  body(y, x, ((o * s.inputChannels + c) * s.side + a) * s.side + b)
                }
              }
            }
          }
        }
      }
    }
  }
}
