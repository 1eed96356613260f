/// Greek letters and the Latin spellings that are the same names.
public enum GreekLetters {
  /// `("tau", "τ")`, lower case first, in the order of the alphabet.
  public static let all: [(latin: String, greek: Character)] =
    zip(latinNames, "αβγδεζηθικλμνξοπρστυφχψω").map { ($0, $1) }
    + zip(latinNames, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ").map { ($0.prefix(1).uppercased() + $0.dropFirst(), $1) }

  /// `τ` → `tau`. The micro sign, final sigma and the curled forms of ε, θ, π, ρ, φ are their letters.
  public static func latin(for letter: Unicode.Scalar) -> String? { latinByLetter[letter] }

  /// `tau` → `τ`, for `\tau` and Tab.
  public static func greek(for latin: String) -> Character? { all.first { $0.latin == latin }?.greek }

  private static let latinNames = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
  ]

  private static let variants: [(Unicode.Scalar, String)] = [
    ("µ", "mu"), ("ς", "sigma"), ("ϵ", "epsilon"), ("ϑ", "theta"), ("ϖ", "pi"), ("ϱ", "rho"), ("ϕ", "phi"), ("ϰ", "kappa"),
  ]

  private static let latinByLetter: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for (latin, greek) in all { for scalar in greek.unicodeScalars { table[scalar] = latin } }
    for (letter, latin) in variants { table[letter] = latin }
    return table
  }()
}
