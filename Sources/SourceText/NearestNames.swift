/// "Did you mean": the names nearest to a misspelt one.
public enum NearestNames {
  /// The candidates within about a third of the name's length of it, nearest first.
  ///
  /// The distance is Damerau–Levenshtein's (an inserted, missing, wrong or swapped letter is one), letters compared without
  /// case; between equally near names the one with the user's case comes first, then the alphabet decides. A candidate that
  /// merely goes on from at least three of the user's letters counts as near.
  public static func nearest(to name: String, among candidates: some Sequence<String>, limit: Int = 3) -> [String] {
    let typed = Array(name.lowercased())
    guard !typed.isEmpty, typed.count <= longestName else { return [] }
    let ranked = Set(candidates).compactMap { candidate -> (distance: Int, hasOtherCase: Bool, name: String)? in
      guard candidate != name, let distance = distance(from: typed, to: Array(candidate.lowercased())) else { return nil }
      return (distance, !sharesCase(name, candidate), candidate)
    }
    let sorted = ranked.sorted { left, right in
      if left.distance != right.distance { return left.distance < right.distance }
      if left.hasOtherCase != right.hasOtherCase { return right.hasOtherCase }
      return left.name < right.name
    }
    return sorted.prefix(limit).map(\.name)
  }

  /// ``did you mean `x`?``, ``did you mean `x` or `y`?``; nil when nothing is near.
  public static func question(for name: String, among candidates: some Sequence<String>) -> String? {
    question(naming: nearest(to: name, among: candidates))
  }

  /// The same for names already chosen.
  public static func question(naming names: [String]) -> String? {
    names.isEmpty ? nil : "did you mean \(alternatives(names))?"
  }

  /// `` `x`, `y` or `z` ``
  public static func alternatives(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Nothing longer is a misspelt name, and the distance takes time and memory in the product of the lengths.
  private static let longestName = 64

  /// Nil when the names are too far apart to be meant for each other.
  private static func distance(from typed: [Character], to candidate: [Character]) -> Int? {
    let farthest = typed.count == 1 ? 0 : max(1, (typed.count + 1) / 3)
    let isBegun = typed.count >= 3 && candidate.starts(with: typed)
    guard abs(candidate.count - typed.count) <= farthest else { return isBegun ? farthest : nil }
    let distance = damerauLevenshtein(typed, candidate)
    return distance <= farthest ? distance : isBegun ? farthest : nil
  }

  /// Whether the first letters, which tell `Za` from `za`, are of one case.
  private static func sharesCase(_ left: String, _ right: String) -> Bool {
    left.first?.isUppercase == right.first?.isUppercase
  }

  /// The restricted distance (no letter is edited twice), by rows.
  private static func damerauLevenshtein(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
