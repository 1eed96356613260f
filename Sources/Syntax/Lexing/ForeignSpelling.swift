/// Signs of other languages and of typeset text, with what Siam writes for them.
struct ForeignSpelling {
  let sign: String
  let advice: String

  init(_ sign: String, _ advice: String) {
    self.sign = sign
    self.advice = advice
  }

  /// Longer signs before their beginnings.
  static let all: [ForeignSpelling] = [
    ForeignSpelling("...", "a range is `..`"),
    ForeignSpelling("**", "a power is `^`"),
    ForeignSpelling("//", "a comment starts with `#`"),
    ForeignSpelling("&&", "write `and`"),
    ForeignSpelling("||", "write `or`"),
    ForeignSpelling("&", "write `and`"),
    ForeignSpelling("|", "write `or`; lengths are `norm(x)`"),
    ForeignSpelling("<>", "write `!=`"),
    ForeignSpelling("=>", "write `>=`"),
    ForeignSpelling("=<", "write `<=`"),
    ForeignSpelling("\\", "a line goes on after an open bracket or a trailing operator; `\\tau` and Tab type τ at the prompt"),
    ForeignSpelling("−", "write `-`"),
    ForeignSpelling("–", "write `-`"),
    ForeignSpelling("—", "write `-`"),
    ForeignSpelling("×", "write `*`, or `@` for a matrix product"),
    ForeignSpelling("÷", "write `/`"),
    ForeignSpelling("≤", "write `<=`"),
    ForeignSpelling("≥", "write `>=`"),
    ForeignSpelling("≠", "write `!=`"),
    ForeignSpelling("≈", "write `abs(x - y) < 1e-3`, say"),
    ForeignSpelling("∈", "write `in`"),
    ForeignSpelling("…", "a range is `..`"),
    ForeignSpelling("√", "write `sqrt(x)`"),
    ForeignSpelling("∑", "write `sum(E for i in 1..N)`"),
    ForeignSpelling("‖", "write `norm(x)`"),
    ForeignSpelling("²", "write `^2`"),
    ForeignSpelling("³", "write `^3`"),
    ForeignSpelling("½", "write `0.5`"),
    ForeignSpelling("⊤", "the transpose is `'`"),
    ForeignSpelling("ᵀ", "the transpose is `'`"),
    ForeignSpelling("“", "strings take straight double quotes: `\"`"),
    ForeignSpelling("”", "strings take straight double quotes: `\"`"),
    ForeignSpelling("’", "the transpose is `'`; strings take double quotes"),
    ForeignSpelling("‘", "strings take double quotes"),
    ForeignSpelling("`", "names are written without quotes; strings take double quotes"),
    ForeignSpelling("!", "write `not`"),
    ForeignSpelling("%", "there is no remainder; per cent are plain numbers"),
  ]
}
