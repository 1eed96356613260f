/// The transforms of F(4×4, 3×3): a correlation of 6 points with 3 as 6 products (Lavin & Gray 2016, with the points 0, ±1, ±2, ∞),
/// in both directions of a 6×6 tile.
///
///     Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A        d [6, 6] input, g [3, 3] weight, Y [4, 4] output
///
/// A transform of one direction takes lanes of several channels at a time.
typealias Lanes = SIMD16<Float>

enum WinogradTransforms {
  typealias Three = (Lanes, Lanes, Lanes)
  typealias Four = (Lanes, Lanes, Lanes, Lanes)
  typealias Six = (Lanes, Lanes, Lanes, Lanes, Lanes, Lanes)

  /// Bᵀ d
  @inline(__always)
  static func input(_ d: Six) -> Six {
    let a = d.4 - 4 * d.2
    let b = d.3 - 4 * d.1
    let c = d.4 - d.2
    let e = 2 * (d.3 - d.1)
    return (4 * d.0 - 5 * d.2 + d.4, a + b, a - b, c + e, c - e, 4 * d.1 - 5 * d.3 + d.5)
  }

  /// G g
  @inline(__always)
  static func weight(_ g: Three) -> Six {
    let sum = g.0 + g.2
    let wide = g.0 + 4 * g.2
    return (
      g.0 * 0.25, (sum + g.1) * (-1 / 6), (sum - g.1) * (-1 / 6), (wide + 2 * g.1) * (1 / 24), (wide - 2 * g.1) * (1 / 24), g.2
    )
  }

  /// Aᵀ m
  @inline(__always)
  static func output(_ m: Six) -> Four {
    let (a, b) = (m.1 + m.2, m.1 - m.2)
    let (c, d) = (m.3 + m.4, m.3 - m.4)
    return (m.0 + a + c, b + 2 * d, a + 4 * c, b + 8 * d + m.5)
  }

  /// A y: the adjoint of `output`.
  @inline(__always)
  static func outputAdjoint(_ y: Four) -> Six {
    let (a, b) = (y.0 + y.2, y.1 + y.3)
    let (c, d) = (y.0 + 4 * y.2, 2 * y.1 + 8 * y.3)
    return (y.0, a + b, a - b, c + d, c - d, y.3)
  }

  /// Gᵀ u: the adjoint of `weight`.
  @inline(__always)
  static func weightAdjoint(_ u: Six) -> Three {
    let (a, b) = ((u.1 + u.2) * (-1 / 6), (u.1 - u.2) * (-1 / 6))
    let (c, d) = ((u.3 + u.4) * (1 / 24), (u.3 - u.4) * (1 / 24))
    return (u.0 * 0.25 + a + c, b + 2 * d, a + 4 * c + u.5)
  }
}
