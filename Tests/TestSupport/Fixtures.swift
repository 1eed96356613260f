import Foundation

/// Finds files beside a test: `Fixtures.url("simsiam.json", besides: #filePath)`.
public enum Fixtures {
  public static func url(_ name: String, beside source: String) -> URL {
    URL(fileURLWithPath: source).deletingLastPathComponent().appendingPathComponent(name)
  }
}
