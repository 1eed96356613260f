import Commands
import Testing

/// Shapes are named: what goes with what, and what a mismatch says.
@Suite struct ShapeTests {
  static let kept: [(expression: String, shape: String)] = [
    // A vector of dim goes with every row, one of batch row by row, a number with everything.
    ("Za + oz", "[64, 32]"), ("oz + Za", "[64, 32]"), ("Za * norm(za)", "[64, 32]"), ("za / norm(za)", "[64, 32]"),
    ("norm(za) * Za", "[64, 32]"), ("Za + 1", "[64, 32]"), ("2 ^ oz", "[32]"), ("Za . oz", "[]"), ("dot(Za, oz)", "[64]"),
    ("oz . oz", "[]"), ("gram(Za) + norm(za)", "[64, 64]"), ("cov(Za) * oz", "[32, 32]"),
    ("gram(Za) - mean(gram(Za), 2)", "[64, 64]"),
    // Products and axes.
    ("Za @ Zb'", "[64, 64]"), ("Za' @ Zb", "[32, 32]"), ("Za @ oz", "[64]"), ("oz @ cov(Za)", "[32]"), ("norm(za) @ Za", "[32]"),
    ("sum(Za, batch)", "[32]"), ("mean(Za, dim)", "[64]"), ("max(fa, feature)", "[64]"), ("sum(Za, 1)", "[32]"),
    ("std(Za)", "[32]"),
    ("cat(Za, Zb)", "[128, 32]"), ("Za[1, :]", "[32]"), ("Za[2..5, :]", "[4, 32]"), ("Za[:, 3]", "[64]"), ("Za[1]", "[32]"),
    ("h(oz + Za)", "[64, 32]"), ("randn(M, D) + Za", "[64, 32]"), ("randn(M) * Za", "[64, 32]"), ("randn(D) + Za", "[64, 32]"),
    ("lambda(Za, Zb, 0.1) @ Zb", "[64, 32]"), ("whiten(Za)", "[64, 32]"), ("mean(Z[1..2])", "[64, 32]"),
    // Unnamed axes: the last.
    ("[[1, 2], [3, 4]] + [10, 20]", "[2, 2]"), ("[1, 2, 3] * 2", "[3]")
  ]

  @Test(arguments: kept) func shapesThatGoTogether(_ expression: String, _ shape: String) throws {
    #expect(try Prompt(Prompt.small).value("shape(\(expression))") == shape)
  }

  @Test func aVectorOfDimMeetsEveryRow() throws {
    let prompt = try Prompt(Prompt.small)
    #expect(try prompt.number("max(abs((Za + oz)[5, :] - (Za[5, :] + oz)))") == 0)
    #expect(try prompt.number("max(abs((Za * norm(za))[5, :] - Za[5, :] * norm(za)[5]))") == 0)
    #expect(try prompt.value("[[1, 2], [3, 4]] + [10, 20]") == "[[11, 22], [13, 24]]")
  }

  static let mismatches: [(statement: String, message: String)] = [
    (
      "loss -Za . sg(fb)",
      """
      test:1:15: error: `Za` is batch × dim 32, `fb` is batch × feature 32: `.` needs two of one shape
          loss -Za . sg(fb)
                ~~      ^~
        hint: `zb` is what the projector makes of `fb`
      """
    ),
    (
      "print Za + fa",
      """
      test:1:12: error: `Za` is batch × dim 32, `fa` is batch × feature 32: `+` needs two of one shape
          print Za + fa
                ~~   ^~
        hint: `za` is what the projector makes of `fa`
      """
    ),
    (
      "print cos(Za, fb)",
      """
      test:1:15: error: `Za` is batch × dim 32, `fb` is batch × feature 32: `cos` needs two of one shape
          print cos(Za, fb)
                    ~~  ^~
        hint: `zb` is what the projector makes of `fb`
      """
    ),
    (
      "print Za @ Zb",
      """
      test:1:12: error: `Za` is batch × dim 32, `Zb` is batch × dim 32: `@` needs as many columns on its left as rows on its right
          print Za @ Zb
                ~~   ^~
      """
    ),
    (
      "print Za - Zb'",
      """
      test:1:12: error: `Za` is batch × dim 32, `Zb'` is dim 32 × batch: `-` needs two of one shape
          print Za - Zb'
                ~~   ^~~
        hint: `Zb''` is its transpose
      """
    ),
    (
      "print oz * norm(za)",
      """
      test:1:12: error: `oz` is a vector of dim 32, `norm(za)` is a vector of batch: `*` needs two of one shape
          print oz * norm(za)
                ~~   ^~~~~~~~
      """
    ),
    (
      "print [1, 2] + [1, 2, 3]",
      """
      test:1:16: error: `[1, 2]` is a vector of 2, `[1, 2, 3]` is a vector of 3: `+` needs two of one shape
          print [1, 2] + [1, 2, 3]
                ~~~~~~   ^~~~~~~~~
      """
    ),
    (
      "print Za @ 3",
      """
      test:1:12: error: `@` is the matrix product, and `3` is a number, `Za` batch × dim 32
          print Za @ 3
                ~~   ^
        hint: `*` multiplies by a number
      """
    ),
    (
      "print oz'",
      """
      test:1:7: error: `'` transposes a matrix, and `oz` is a vector of dim 32
          print oz'
                ^~
        hint: a vector needs no transpose: `x @ y` and `x . y` take it as it is
      """
    ),
    (
      "print sum(Za, feature)",
      """
      test:1:15: error: `Za` is batch × dim 32: it has no axis `feature`
          print sum(Za, feature)
                    ~~  ^~~~~~~
      """
    ),
    (
      "print h(oz)",
      """
      test:1:9: error: `h` takes a batch of vectors 32 long, and `oz` is a vector of dim 32
          print h(oz)
                ~ ^~
      """
    ),
    (
      "print cholesky(Za)",
      """
      test:1:16: error: `cholesky` takes a square matrix, and `Za` is batch × dim 32
          print cholesky(Za)
                         ^~
        hint: `cov(X)` is dim × dim, `gram(X)` is batch × batch
      """
    ),
    (
      "print infonce(Za, oz, 0.1)",
      """
      test:1:19: error: `infonce` takes a matrix, and `oz` is a vector of dim 32
          print infonce(Za, oz, 0.1)
                            ^~
        hint: `infonce(X, Y, tau)`
      """
    ),
    (
      "print infonce(Za, Zb, oz)",
      """
      test:1:23: error: `oz` is a vector of dim 32: `infonce` needs a number here
          print infonce(Za, Zb, oz)
                                ^~
      """
    ),
    (
      "print Za[65, :]",
      """
      test:1:10: error: `65` is no place in `Za`: it has 1 to 64
          print Za[65, :]
                   ^~
      """
    ),
    (
      "print Za[0, :]",
      """
      test:1:10: error: `0` is no place in `Za`: it has 1 to 64
          print Za[0, :]
                   ^
        hint: places are counted from 1, as in the paper
      """
    )
  ]

  @Test(arguments: mismatches) func aMismatchQuotesTheWords(_ statement: String, _ message: String) throws {
    let answer = try Prompt(Prompt.small)(statement)
    #expect(answer.errors == message)
    #expect(answer.end == .usage)
  }
}
