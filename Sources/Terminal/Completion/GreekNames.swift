/// `\tau` + Tab types τ. (The Latin spelling is the same name, so nobody needs to.)
enum GreekNames {
  /// The candidates for an unfinished `\ta`. A name that is complete is replaced by its letter even where a longer one begins with it.
  static func candidates(for escape: String) -> [Completion.Candidate] {
    let name = String(escape.dropFirst())
    if let letter = letters[name] { return [.init(letter)] }
    let matches = letters.filter { $0.key.hasPrefix(name) }
    return matches.count == 1 ? matches.values.map { .init($0) } : matches.keys.map { .init("\\" + $0) }
  }

  private static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "cdot": "·"
  ]
}
