/// 8 × 48 sums that stay in 24 vector registers while their products go by: the inner loop of the direct convolutions.
///
/// For every step of a sum three vectors and eight numbers are loaded and 24 fused multiplications made, so that the multipliers
/// are the limit: 240 GFLOP/s in a layer of 128 channels, where a core of Zen 5 can do 256 and the Haswell kernels of OpenBLAS do
/// 127. Written out by hand, as only named values are sure to be kept in registers.
struct RegisterTile {
  static let rows = 8
  static let columns = 48

  private var row0 = Row()
  private var row1 = Row()
  private var row2 = Row()
  private var row3 = Row()
  private var row4 = Row()
  private var row5 = Row()
  private var row6 = Row()
  private var row7 = Row()

  /// Adds the products of eight numbers with three vectors.
  @inline(__always)
  mutating func add(_ numbers: (Float, Float, Float, Float, Float, Float, Float, Float), _ vectors: Vectors) {
    row0.add(numbers.0, vectors)
    row1.add(numbers.1, vectors)
    row2.add(numbers.2, vectors)
    row3.add(numbers.3, vectors)
    row4.add(numbers.4, vectors)
    row5.add(numbers.5, vectors)
    row6.add(numbers.6, vectors)
    row7.add(numbers.7, vectors)
  }

  /// Writes each row's three vectors where `places` say, `stride` floats further on for each row.
  @inline(__always)
  func store(_ places: Places, stride: Int) {
    row0.store(places, 0)
    row1.store(places, stride)
    row2.store(places, 2 * stride)
    row3.store(places, 3 * stride)
    row4.store(places, 4 * stride)
    row5.store(places, 5 * stride)
    row6.store(places, 6 * stride)
    row7.store(places, 7 * stride)
  }

  /// Adds each row's three vectors to what lies there.
  @inline(__always)
  func add(to places: Places, stride: Int) {
    row0.add(to: places, 0)
    row1.add(to: places, stride)
    row2.add(to: places, 2 * stride)
    row3.add(to: places, 3 * stride)
    row4.add(to: places, 4 * stride)
    row5.add(to: places, 5 * stride)
    row6.add(to: places, 6 * stride)
    row7.add(to: places, 7 * stride)
  }

  struct Vectors {
    let first: SIMD16<Float>
    let second: SIMD16<Float>
    let third: SIMD16<Float>

    /// Three vectors on end.
    @inline(__always)
    init(at pointer: UnsafePointer<Float>) {
      first = pointer.load(SIMD16<Float>.self)
      second = (pointer + 16).load(SIMD16<Float>.self)
      third = (pointer + 32).load(SIMD16<Float>.self)
    }

    @inline(__always)
    init(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ third: UnsafePointer<Float>) {
      self.first = first.load(SIMD16<Float>.self)
      self.second = second.load(SIMD16<Float>.self)
      self.third = third.load(SIMD16<Float>.self)
    }
  }

  struct Places {
    let first: UnsafeMutablePointer<Float>
    let second: UnsafeMutablePointer<Float>
    let third: UnsafeMutablePointer<Float>

    init(_ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>, _ third: UnsafeMutablePointer<Float>) {
      self.first = first
      self.second = second
      self.third = third
    }

    /// Three vectors on end.
    init(at pointer: UnsafeMutablePointer<Float>) { self.init(pointer, pointer + 16, pointer + 32) }
  }

  private struct Row {
    var first = SIMD16<Float>.zero
    var second = SIMD16<Float>.zero
    var third = SIMD16<Float>.zero

    @inline(__always)
    mutating func add(_ number: Float, _ vectors: Vectors) {
      let factor = SIMD16<Float>(repeating: number)
      first.addProduct(factor, vectors.first)
      second.addProduct(factor, vectors.second)
      third.addProduct(factor, vectors.third)
    }

    @inline(__always)
    func store(_ places: Places, _ offset: Int) {
      (places.first + offset).store(first)
      (places.second + offset).store(second)
      (places.third + offset).store(third)
    }

    @inline(__always)
    func add(to places: Places, _ offset: Int) {
      (places.first + offset).store((places.first + offset).load(SIMD16<Float>.self) + first)
      (places.second + offset).store((places.second + offset).load(SIMD16<Float>.self) + second)
      (places.third + offset).store((places.third + offset).load(SIMD16<Float>.self) + third)
    }
  }
}
