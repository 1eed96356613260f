import Foundation
import Testing

/// `Package.swift` names what a target imports, and nothing else: the direction of the imports can be read there.
@Suite struct PackageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../.."

  private struct Target {
    let name: String
    let folder: String
    let dependencies: Set<String>
  }

  private static func matches(_ pattern: String, in text: String) throws -> [String] {
    let expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { match in
      Range(match.range(at: 1), in: text).map { String(text[$0]) }
    }
  }

  /// The declarations, as they are written: each begins a line.
  private static func targets() throws -> [Target] {
    let text = try String(contentsOfFile: root + "/Package.swift", encoding: .utf8)
    let starts = try NSRegularExpression(pattern: "^    (\\.target|\\.executableTarget|\\.systemLibrary|tests)\\(", options: [.anchorsMatchLines])
      .matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap { Range($0.range, in: text)?.lowerBound }
    return try zip(starts, starts.dropFirst() + [text.endIndex]).map { start, end in
      let declaration = String(text[start..<end])
      let name = try #require(matches("\"([A-Za-z-]+)\"", in: declaration).first)
      let lists = try matches("(?:dependencies: |, *)\\[([^\\]]*)\\]", in: declaration.replacingOccurrences(of: "\n", with: " "))
      let list = declaration.contains("tests(") || declaration.contains("dependencies:") ? lists.first ?? "" : ""
      let plain = list.replacingOccurrences(of: "package: \"[^\"]*\"", with: "", options: .regularExpression)
      let path = try matches("path: \"([^\"]*)\"", in: declaration).first
      return Target(
        name: name, folder: path ?? (declaration.hasPrefix("    tests") ? "Tests/" : "Sources/") + name,
        dependencies: Set(try matches("\"([A-Za-z]+)\"", in: plain)))
    }
  }

  @Test func importsAreThoseThatAreDeclared() throws {
    let targets = try Self.targets()
    #expect(targets.count > 40)
    let names = Set(targets.map(\.name))
    for target in targets {
      let folder = Self.root + "/" + target.folder
      let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") } ?? []
      guard !files.isEmpty else { continue }
      var imports: Set<String> = []
      for file in files {
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        imports.formUnion(try Self.matches("^(?:@\\w+ |public |package )*import (\\w+)", in: text))
      }
      let declared = target.dependencies.intersection(names)
      #expect(imports.intersection(names) == declared, Comment(rawValue: target.name))
    }
  }
}
