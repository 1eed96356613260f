import Foundation
import Kernels

/// Everything about one image of `shapes` but its class, drawn from the image's own stream.
struct ShapeScene {
  /// A colour, red, green, blue in [0, 1].
  typealias Color = SIMD3<Float>
  /// A disc behind the figure.
  struct Blob { var x, y, radius: Float; var color: Color }

  let x, y, radius, cosine, sine: Float
  let figure: Color
  let background: Color
  /// How the background changes from the left edge to the right and from the top to the bottom.
  let slope: (x: Color, y: Color)
  let blobs: [Blob]

  /// The figure's radius in parts of the image's side.
  private static let radii: ClosedRange<Float> = 0.25...0.36
  /// 20°.
  private static let rotation: Float = 0.349
  /// The least difference of luminance between figure and background: shapes stay visible under grey scale and jitter.
  private static let contrast: Float = 0.3

  init(side: Float, from reader: inout RandomStream.Reader) {
    radius = side * reader.uniform(Self.radii.lowerBound, Self.radii.upperBound)
    x = reader.uniform(radius, side - radius)
    y = reader.uniform(radius, side - radius)
    let angle = reader.uniform(-Self.rotation, Self.rotation)
    cosine = cos(angle)
    sine = sin(angle)
    let ground = Self.color(&reader)
    background = ground
    figure = Self.color(differingFrom: ground, &reader)
    slope = (Self.shade(&reader), Self.shade(&reader))
    blobs = (0..<reader.index(below: 3)).map { _ in Self.blob(side, ground, &reader) }
  }

  private static func color(_ reader: inout RandomStream.Reader) -> Color {
    let level = reader.unit()
    return Color(repeating: level) + Color(reader.uniform(-0.15, 0.15), reader.uniform(-0.15, 0.15), reader.uniform(-0.15, 0.15))
  }

  private static func color(differingFrom other: Color, _ reader: inout RandomStream.Reader) -> Color {
    for _ in 0..<16 {
      let candidate = color(&reader)
      if abs(luminance(candidate) - luminance(other)) > contrast { return candidate }
    }
    return luminance(other) > 0.5 ? Color(repeating: 0.05) : Color(repeating: 0.95)
  }

  private static func shade(_ reader: inout RandomStream.Reader) -> Color {
    Color(reader.uniform(-0.1, 0.1), reader.uniform(-0.1, 0.1), reader.uniform(-0.1, 0.1))
  }

  /// Blobs keep near the background's colour, so that they do not pass for figures.
  private static func blob(_ side: Float, _ background: Color, _ reader: inout RandomStream.Reader) -> Blob {
    Blob(
      x: reader.uniform(0, side), y: reader.uniform(0, side), radius: side * reader.uniform(0.06, 0.16),
      color: background + 0.5 * (color(&reader) - background))
  }

  private static func luminance(_ color: Color) -> Float { (color * Color(0.2989, 0.587, 0.114)).sum() }
}
