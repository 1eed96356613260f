// Blocks of sums that stay in vector registers while their products go by: what every convolution here is made of.
//
// A tile is so many rows of so many vectors. For a step of the sum each row takes one number, that is multiplied with the same
// vectors for all rows. With 6 rows of 4 vectors a step is 24 fused multiplications for 10 loads, so that the multipliers are
// the limit: 245 GFLOP/s on a core of Zen 5 that can do 264. Tiles are put together of halves and thirds, so that all sums are
// named values: only those are sure to be kept in registers.

/// Some vectors on end.
protocol VectorRun {
  /// Floats.
  static var width: Int { get }
  init()
  init(at pointer: UnsafePointer<Float>)
  mutating func addProduct(_ number: Float, _ vectors: Self)
  func store(to pointer: UnsafeMutablePointer<Float>)
  /// `store` past the caches.
  func stream(to pointer: UnsafeMutablePointer<Float>)
  func add(to pointer: UnsafeMutablePointer<Float>)
  /// Adds the distance from `center` to `first`, and its square to `second`.
  func addDistance(from center: Self, to first: inout Self, _ second: inout Self)
  /// Adds to sums in double precision.
  func add(to sums: UnsafeMutablePointer<Double>)
}

struct OneVector<Lanes: StreamableVector>: VectorRun {
  private var lanes: Lanes

  static var width: Int { Lanes.scalarCount }

  @inline(__always)
  init() { lanes = Lanes(repeating: 0) }

  @inline(__always)
  init(at pointer: UnsafePointer<Float>) { lanes = pointer.load(Lanes.self) }

  @inline(__always)
  mutating func addProduct(_ number: Float, _ vectors: Self) { lanes.addProduct(Lanes(repeating: number), vectors.lanes) }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>) { pointer.store(lanes) }

  @inline(__always)
  func stream(to pointer: UnsafeMutablePointer<Float>) { lanes.stream(to: pointer) }

  @inline(__always)
  func add(to pointer: UnsafeMutablePointer<Float>) { pointer.store(pointer.load(Lanes.self) + lanes) }

  @inline(__always)
  func addDistance(from center: Self, to first: inout Self, _ second: inout Self) {
    let distance = lanes - center.lanes
    first.lanes += distance
    second.lanes.addProduct(distance, distance)
  }

  @inline(__always)
  func add(to sums: UnsafeMutablePointer<Double>) { lanes.add(to: sums) }
}

struct TwiceAsWide<Half: VectorRun>: VectorRun {
  private var left: Half
  private var right: Half

  static var width: Int { 2 * Half.width }

  @inline(__always)
  init() { (left, right) = (Half(), Half()) }

  @inline(__always)
  init(at pointer: UnsafePointer<Float>) { (left, right) = (Half(at: pointer), Half(at: pointer + Half.width)) }

  @inline(__always)
  mutating func addProduct(_ number: Float, _ vectors: Self) {
    left.addProduct(number, vectors.left)
    right.addProduct(number, vectors.right)
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>) {
    left.store(to: pointer)
    right.store(to: pointer + Half.width)
  }

  @inline(__always)
  func stream(to pointer: UnsafeMutablePointer<Float>) {
    left.stream(to: pointer)
    right.stream(to: pointer + Half.width)
  }

  @inline(__always)
  func add(to pointer: UnsafeMutablePointer<Float>) {
    left.add(to: pointer)
    right.add(to: pointer + Half.width)
  }

  @inline(__always)
  func addDistance(from center: Self, to first: inout Self, _ second: inout Self) {
    left.addDistance(from: center.left, to: &first.left, &second.left)
    right.addDistance(from: center.right, to: &first.right, &second.right)
  }

  @inline(__always)
  func add(to sums: UnsafeMutablePointer<Double>) {
    left.add(to: sums)
    right.add(to: sums + Half.width)
  }
}

/// Rows of vectors, `stride` floats apart where they are read or written.
protocol RegisterTile {
  associatedtype Vectors: VectorRun
  static var rows: Int { get }
  init()
  /// Adds the product of each row's number with the same vectors.
  mutating func add(_ numbers: UnsafePointer<Float>, stride: Int, _ vectors: Vectors)
  func store(to pointer: UnsafeMutablePointer<Float>, stride: Int)
  func stream(to pointer: UnsafeMutablePointer<Float>, stride: Int)
  func add(to pointer: UnsafeMutablePointer<Float>, stride: Int)
  /// Adds every row's distance from `center` to `first`, and its square to `second`.
  func addDistances(from center: Vectors, to first: inout Vectors, _ second: inout Vectors)
}

struct OneRow<Vectors: VectorRun>: RegisterTile {
  private var sums = Vectors()

  static var rows: Int { 1 }

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func add(_ numbers: UnsafePointer<Float>, stride: Int, _ vectors: Vectors) { sums.addProduct(numbers.pointee, vectors) }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>, stride: Int) { sums.store(to: pointer) }

  @inline(__always)
  func stream(to pointer: UnsafeMutablePointer<Float>, stride: Int) { sums.stream(to: pointer) }

  @inline(__always)
  func add(to pointer: UnsafeMutablePointer<Float>, stride: Int) { sums.add(to: pointer) }

  @inline(__always)
  func addDistances(from center: Vectors, to first: inout Vectors, _ second: inout Vectors) {
    sums.addDistance(from: center, to: &first, &second)
  }
}

struct TwiceAsHigh<Half: RegisterTile>: RegisterTile {
  private var top = Half()
  private var bottom = Half()

  static var rows: Int { 2 * Half.rows }

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func add(_ numbers: UnsafePointer<Float>, stride: Int, _ vectors: Half.Vectors) {
    top.add(numbers, stride: stride, vectors)
    bottom.add(numbers + Half.rows * stride, stride: stride, vectors)
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>, stride: Int) {
    top.store(to: pointer, stride: stride)
    bottom.store(to: pointer + Half.rows * stride, stride: stride)
  }

  @inline(__always)
  func stream(to pointer: UnsafeMutablePointer<Float>, stride: Int) {
    top.stream(to: pointer, stride: stride)
    bottom.stream(to: pointer + Half.rows * stride, stride: stride)
  }

  @inline(__always)
  func add(to pointer: UnsafeMutablePointer<Float>, stride: Int) {
    top.add(to: pointer, stride: stride)
    bottom.add(to: pointer + Half.rows * stride, stride: stride)
  }

  @inline(__always)
  func addDistances(from center: Half.Vectors, to first: inout Half.Vectors, _ second: inout Half.Vectors) {
    top.addDistances(from: center, to: &first, &second)
    bottom.addDistances(from: center, to: &first, &second)
  }
}

struct ThriceAsHigh<Third: RegisterTile>: RegisterTile {
  private var top = Third()
  private var middle = Third()
  private var bottom = Third()

  static var rows: Int { 3 * Third.rows }

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func add(_ numbers: UnsafePointer<Float>, stride: Int, _ vectors: Third.Vectors) {
    top.add(numbers, stride: stride, vectors)
    middle.add(numbers + Third.rows * stride, stride: stride, vectors)
    bottom.add(numbers + 2 * Third.rows * stride, stride: stride, vectors)
  }

  @inline(__always)
  func store(to pointer: UnsafeMutablePointer<Float>, stride: Int) {
    top.store(to: pointer, stride: stride)
    middle.store(to: pointer + Third.rows * stride, stride: stride)
    bottom.store(to: pointer + 2 * Third.rows * stride, stride: stride)
  }

  @inline(__always)
  func stream(to pointer: UnsafeMutablePointer<Float>, stride: Int) {
    top.stream(to: pointer, stride: stride)
    middle.stream(to: pointer + Third.rows * stride, stride: stride)
    bottom.stream(to: pointer + 2 * Third.rows * stride, stride: stride)
  }

  @inline(__always)
  func add(to pointer: UnsafeMutablePointer<Float>, stride: Int) {
    top.add(to: pointer, stride: stride)
    middle.add(to: pointer + Third.rows * stride, stride: stride)
    bottom.add(to: pointer + 2 * Third.rows * stride, stride: stride)
  }

  @inline(__always)
  func addDistances(from center: Third.Vectors, to first: inout Third.Vectors, _ second: inout Third.Vectors) {
    top.addDistances(from: center, to: &first, &second)
    middle.addDistances(from: center, to: &first, &second)
    bottom.addDistances(from: center, to: &first, &second)
  }
}
