import Datasets
import Experiments
import Figures

/// A column for each image: as it is, and below it each of its views.
struct ViewsPicture {
  private let sample: SampledViews
  /// Between two images, in pixels.
  private static let gap = 2
  private static let paper = Picture.Pixel(32, 32, 32)

  init(_ sample: SampledViews) { self.sample = sample }

  /// - Parameter zoom: so many pixels a side for each of the images'.
  func picture(zoom: Int = 1) -> Picture {
    let (wide, tall) = (sample.shape.width * zoom + Self.gap, sample.shape.height * zoom + Self.gap)
    let rows = [sample.originals] + sample.views
    var picture = Picture(width: sample.originals.count * wide + Self.gap, height: rows.count * tall + Self.gap, filledWith: Self.paper)
    for (row, images) in rows.enumerated() {
      for (column, image) in images.enumerated() {
        for y in 0..<sample.shape.height * zoom {
          for x in 0..<sample.shape.width * zoom {
            picture[Self.gap + column * wide + x, Self.gap + row * tall + y] = pixel(image, x / zoom, y / zoom)
          }
        }
      }
    }
    return picture
  }

  private func pixel(_ image: [UInt8], _ x: Int, _ y: Int) -> Picture.Pixel {
    let place = y * sample.shape.width + x
    guard sample.shape.channels == 3 else { return .init(image[place], image[place], image[place]) }
    return .init(image[place], image[sample.shape.planeCount + place], image[2 * sample.shape.planeCount + place])
  }

  var figure: Figure {
    let names = sample.classNames.joined(separator: ", ")
    let letters = sample.views.count == 2 ? "a and b" : (1...max(1, sample.views.count)).map(String.init).joined(separator: ", ")
    return Figure(
      [Panel(title: "views of the next batch: \(names)", .picture(picture()))],
      notes: ["above the images as they are, below them view\(sample.views.count == 1 ? "" : "s") \(letters)"])
  }
}
