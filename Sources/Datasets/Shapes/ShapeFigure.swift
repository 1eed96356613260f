import Foundation

/// The figures of `shapes`, in label order: each a region of the plane, of about unit radius around the origin.
///
/// None is turned into another by a mirror or by the generator's rotation (at most 20°).
enum ShapeFigure: Int, CaseIterable {
  case circle, square, triangle, cross, ring, star, bar, diamond, moon, checker

  var name: String { "\(self)" }

  /// The distance from (x, y) to the figure's edge, negative inside. Exact near edges, where anti-aliasing needs it, and a lower
  /// bound near corners. y points down, as in images.
  func distance(_ x: Float, _ y: Float) -> Float {
    let u = abs(x)
    let v = abs(y)
    switch self {
    case .circle: return length(x, y) - 0.92
    case .square: return max(u, v) - 0.82
    case .triangle: return max(y, 0.8660254 * u - 0.5 * y) - 0.52
    case .cross: return min(max(u - 0.3, v - 0.95), max(u - 0.95, v - 0.3))
    case .ring: return abs(length(x, y) - 0.7) - 0.22
    case .star: return star(x, y)
    case .bar: return max(u - 1.05, v - 0.3)
    case .diamond: return (u + 0.6 * v - 0.62) / 1.1661904
    case .moon: return max(length(x, y) - 0.95, 0.78 - length(x - 0.52, y))
    case .checker: return checker(x, y)
    }
  }

  /// Five points on radius 1, five notches on radius 0.42: the plane is folded into half a point, whose edge is one line.
  private func star(_ x: Float, _ y: Float) -> Float {
    let sector: Float = 2 * .pi / 5
    let angle = atan2(x, -y)
    let folded = abs(angle - sector * (angle / sector).rounded())
    let radius = length(x, y)
    let along = radius * cos(folded)
    let across = radius * sin(folded)
    let notch = (along: 0.42 * cos(sector / 2), across: 0.42 * sin(sector / 2))
    let edge = (along: notch.along - 1, across: notch.across)
    return ((along - 1) * edge.across - across * edge.along) / length(edge.along, edge.across)
  }

  /// The five dark fields of a board of three by three, 0.6 wide each. The product of cosines has the fields' edges as its zeros, and
  /// over its slope there it is the distance to them.
  private func checker(_ x: Float, _ y: Float) -> Float {
    let frequency: Float = .pi / 0.6
    return max(max(abs(x), abs(y)) - 0.9, -cos(frequency * x) * cos(frequency * y) / frequency)
  }

  private func length(_ x: Float, _ y: Float) -> Float { (x * x + y * y).squareRoot() }
}
