import Commands
import Figures
import Foundation
import ImageFiles
import TestSupport
import Testing

/// `show views` and `watch plot`.
struct ViewsTests {
  /// Without augmentation every view is the image itself, in the answer and in the file.
  @Test func viewsAreThoseOfTheNextBatch() throws {
    let folder = try TemporaryFolder()
    let prompt = try Prompt(Prompt.small + "augment none")
    let answer = prompt("show views images=3 to \"\(folder.path)/new/views.png\"")
    try #require(answer.end == .completed, Comment(rawValue: answer.errors))
    #expect(answer.notes == ["wrote \(folder.path)/new/views.png"])
    let panel = try #require(answer.figures.first?.panels.first)
    guard case .picture(let picture) = panel.content else { throw CocoaError(.fileReadUnknown) }
    let side = 34
    #expect(picture.width == 3 * side + 2 && picture.height == 3 * side + 2)
    var isSame = true
    for y in 2..<34 { for x in 2..<104 { if picture[x, y] != picture[x, y + side] || picture[x, y] != picture[x, y + 2 * side] { isSame = false } } }
    #expect(isSame && Set(picture.pixels).count > 20)
    let png = try ImageFile.decode([UInt8](Data(contentsOf: URL(fileURLWithPath: folder.path + "/new/views.png"))))
    // Four pixels a side for each.
    #expect(png.width == 3 * (4 * 32 + 2) + 2 && png.height == png.width && png.channels == 3)
    let start = ((2 + 4 * 5) * png.width + 2 + 4 * 7) * 3
    #expect(Array(png.pixels[start..<start + 3]) == [picture[9, 7].red, picture[9, 7].green, picture[9, 7].blue])
    // With it they differ, and from each other.
    let augmented = try #require(try Prompt(Prompt.small)("show views images=3 to \"\(folder.path)/b.png\"").figures.first?.panels.first)
    guard case .picture(let other) = augmented.content else { throw CocoaError(.fileReadUnknown) }
    #expect((2..<34).contains { other[$0, 20] != other[$0, 20 + side] } && (2..<34).contains { other[$0, 20 + side] != other[$0, 20 + 2 * side] })
    #expect((2..<34).allSatisfy { other[$0, 20] == picture[$0, 20] })
  }

  @Test func aWatchedRunEndsWithItsCurves() throws {
    let prompt = try Prompt(Prompt.small + "loss -Za . sg(Zb); probe off\nwatch plot mo loss y=linear")
    let answer = prompt("train 4 steps")
    let figure = try #require(answer.figures.first)
    #expect(figure.panels.map(\.y.label) == ["mo", "loss"])
    guard case .curves(let curves) = figure.panels[0].content else { throw CocoaError(.fileReadUnknown) }
    #expect(curves[0].points.map(\.x) == [1, 2, 3, 4])
    prompt("watch off")
    #expect(prompt("train 2 steps").figures.isEmpty)
    #expect(prompt("watch plot top1; train 2 steps").errors.contains("has recorded no `top1`"))
  }
}
