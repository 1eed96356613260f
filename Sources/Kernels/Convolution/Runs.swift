/// Copying and adding many short runs of floats, as convolution needs: a `memcpy` call for each would cost more than the run.
///
/// `stride` is the distance between the starts of runs, in floats. Sources and destinations do not overlap. The vector type is
/// chosen once, by `width`, so that the widths images have (4, 8, 16, 32 …) leave no tail.
enum Runs {
  static func copy(
    rows: Int, width: Int, from source: UnsafePointer<Float>, stride sourceStride: Int,
    to target: UnsafeMutablePointer<Float>, stride targetStride: Int
  ) {
    let places = Places(source: source, sourceStride: sourceStride, target: target, targetStride: targetStride, rows: rows)
    if width % 16 == 0 {
      places.forEach(width: width, step: 16) { $1.store($0.load(SIMD16<Float>.self)) }
    } else if width % 8 == 0 {
      places.forEach(width: width, step: 8) { $1.store($0.load(SIMD8<Float>.self)) }
    } else if width % 4 == 0 {
      places.forEach(width: width, step: 4) { $1.store($0.load(SIMD4<Float>.self)) }
    } else {
      places.forEach(width: width, step: 1) { $1.pointee = $0.pointee }
    }
  }

  static func add(
    rows: Int, width: Int, from source: UnsafePointer<Float>, stride sourceStride: Int,
    to target: UnsafeMutablePointer<Float>, stride targetStride: Int
  ) {
    let places = Places(source: source, sourceStride: sourceStride, target: target, targetStride: targetStride, rows: rows)
    if width % 16 == 0 {
      places.forEach(width: width, step: 16) { $1.store($1.load(SIMD16<Float>.self) + $0.load(SIMD16<Float>.self)) }
    } else if width % 8 == 0 {
      places.forEach(width: width, step: 8) { $1.store($1.load(SIMD8<Float>.self) + $0.load(SIMD8<Float>.self)) }
    } else if width % 4 == 0 {
      places.forEach(width: width, step: 4) { $1.store($1.load(SIMD4<Float>.self) + $0.load(SIMD4<Float>.self)) }
    } else {
      places.forEach(width: width, step: 1) { $1.pointee += $0.pointee }
    }
  }

  /// target[i] = source[stride · i]
  @inline(__always)
  static func copyStrided(_ count: Int, from source: UnsafePointer<Float>, stride: Int, to target: UnsafeMutablePointer<Float>) {
    if stride == 1 { return copyOne(count, from: source, to: target) }
    var index = 0
    if stride == 2 {
      // A vector begins at the float wanted first, or one before it where it would else read one past the float wanted last.
      while index + 8 <= count && count > 8 {
        let isLast = index + 8 == count
        let vector = (source + 2 * index - (isLast ? 1 : 0)).load(SIMD16<Float>.self)
        (target + index).store(isLast ? vector.oddHalf : vector.evenHalf)
        index += 8
      }
      while index + 4 <= count && count > 4 {
        let isLast = index + 4 == count
        let vector = (source + 2 * index - (isLast ? 1 : 0)).load(SIMD8<Float>.self)
        (target + index).store(isLast ? vector.oddHalf : vector.evenHalf)
        index += 4
      }
    }
    while index < count {
      target[index] = source[stride * index]
      index += 1
    }
  }

  /// target[stride · i] = source[i]
  @inline(__always)
  static func copySpreading(_ count: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, stride: Int) {
    if stride == 1 { return copyOne(count, from: source, to: target) }
    for index in 0..<count { target[stride * index] = source[index] }
  }

  /// evenTarget[i] = source[2·i] for i < `evens`, oddTarget[i] = source[2·i + 1] for i < `odds`.
  @inline(__always)
  static func separate(
    _ source: UnsafePointer<Float>, evens: Int, to evenTarget: UnsafeMutablePointer<Float>, odds: Int,
    to oddTarget: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index + 8 <= min(evens, odds) {
      let vector = (source + 2 * index).load(SIMD16<Float>.self)
      (evenTarget + index).store(vector.evenHalf)
      (oddTarget + index).store(vector.oddHalf)
      index += 8
    }
    for rest in index..<max(index, evens) { evenTarget[rest] = source[2 * rest] }
    for rest in index..<max(index, odds) { oddTarget[rest] = source[2 * rest + 1] }
  }

  /// target[2·i] = evens[i] for i < `evenCount`, target[2·i + 1] = odds[i] for i < `oddCount`.
  @inline(__always)
  static func interleave(
    _ evens: UnsafePointer<Float>, _ evenCount: Int, _ odds: UnsafePointer<Float>, _ oddCount: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index + 8 <= min(evenCount, oddCount) {
      var vector = SIMD16<Float>()
      vector.evenHalf = (evens + index).load(SIMD8<Float>.self)
      vector.oddHalf = (odds + index).load(SIMD8<Float>.self)
      (target + 2 * index).store(vector)
      index += 8
    }
    for rest in index..<max(index, evenCount) { target[2 * rest] = evens[rest] }
    for rest in index..<max(index, oddCount) { target[2 * rest + 1] = odds[rest] }
  }

  @inline(__always)
  private static func copyOne(_ count: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    copy(rows: 1, width: count, from: source, stride: 0, to: target, stride: 0)
  }

  private struct Places {
    let source: UnsafePointer<Float>
    let sourceStride: Int
    let target: UnsafeMutablePointer<Float>
    let targetStride: Int
    let rows: Int

    @inline(__always)
    func forEach(width: Int, step: Int, _ body: (UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void) {
      for row in 0..<rows {
        var column = 0
        while column < width {
          body(source + row * sourceStride + column, target + row * targetStride + column)
          column += step
        }
      }
    }
  }
}
