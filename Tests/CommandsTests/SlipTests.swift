import Commands
import Testing

/// Slips worth catching, each with its text: an interface like any other.
@Suite struct SlipTests {
  struct Slip: Sendable, CustomTestStringConvertible {
    let text: String
    let message: String
    var before = ""
    var testDescription: String { text }
  }

  static let slips: [Slip] = [
    // An average where a number a row was meant.
    Slip(
      text: "print exp(Za . Zb)",
      message: """
        test:1:11: warning: `Za . Zb` is averaged over the batch before `exp` is taken
            print exp(Za . Zb)
                      ^~~~~~~
          hint: did you mean `dot(x, y)`, one number a row?
        """),
    Slip(
      text: "print log((Za . Zb)/2 + 2)",
      message: """
        test:1:11: warning: `(Za . Zb)/2 + 2` is averaged over the batch before `log` is taken
            print log((Za . Zb)/2 + 2)
                      ^~~~~~~~~~~~~~~
          hint: did you mean `dot(x, y)`, one number a row?
        """),
    Slip(
      text: "print exp(s / 2)",
      message: """
        test:1:11: warning: `s / 2` is averaged over the batch before `exp` is taken
            print exp(s / 2)
                      ^~~~~
          hint: did you mean `dot(x, y)`, one number a row?
        """, before: "let s = Za . Zb"),
    // A formula of itself.
    Slip(
      text: "let Ge = Ge + Zb",
      message: """
        test:1:5: error: `Ge` is defined by itself
            let Ge = Ge + Zb
                ^~
          hint: `let` is re-read wherever it is used; `val Ge = Ge + Zb` computes it now, from the old one
        """, before: "let Ge = -Zn"),
    Slip(
      text: "loss loss",
      message: """
        test:1:6: error: the loss is defined by itself
            loss loss
                 ^~~~
          hint: name its parts with `let`
        """, before: "loss -Za . Zb"),
    Slip(
      text: "loss q",
      message: """
        test:1:6: error: `loss` is defined by itself
            loss q
                 ^
          hint: name its parts with `let`
        """, before: "loss -Za . Zb\nlet q = loss"),
    // One old batch.
    Slip(
      text: "loss -Za . sg(W)",
      message: """
        test:1:15: warning: `W` is a value: it holds one old batch, which every step would meet again
            loss -Za . sg(W)
                          ^
          hint: `let W = Zb` is computed anew at every step
        """, before: "val W = Zb"),
    // Things that are no vectors, no numbers, no losses.
    Slip(
      text: "print Za . 3",
      message: """
        test:1:12: error: `.` is the dot product of vectors, and `3` is a number, `Za` batch × dim 32
            print Za . 3
                  ~~   ^
          hint: `*` multiplies by a number
        """),
    Slip(
      text: "print dot(Za, 3)",
      message: """
        test:1:15: error: `dot` takes vectors, and `3` is a number
            print dot(Za, 3)
                          ^
          hint: `dot(X, Y)`
        """),
    Slip(
      text: "loss dot(Za, Zb)",
      message: """
        test:1:6: error: a loss is one number, and `dot(Za, Zb)` is a vector of batch
            loss dot(Za, Zb)
                 ^~~~~~~~~~~
          hint: `x . y` and `mean(…)` average over the batch
        """),
    Slip(
      text: "print grad(Za, Za)",
      message: """
        test:1:12: error: `grad` differentiates a number, and `Za` is batch × dim 32
            print grad(Za, Za)
                       ^~
          hint: `mean(…)` or `sum(…)` of it is a number
        """),
    Slip(
      text: "print norm(grad(Za . Zb, oz))",
      message: """
        test:1:26: warning: `Za . Zb` does not contain `oz`, so the gradient is 0
            print norm(grad(Za . Zb, oz))
                                     ^~
          hint: the gradient is taken with respect to a name or expression that is written in it
        """),
    Slip(
      text: "print Za . Zb . Za",
      message: """
        test:1:15: error: `.` makes a number of two vectors, so it does not chain
            print Za . Zb . Za
                     ~    ^
          hint: write `(Za . Zb) * Za` or `Za * (Zb . Za)`
        """),
    // Names.
    Slip(
      text: "let Za = zb",
      message: """
        test:1:5: error: `Za` has a meaning already: rows of za scaled to unit length, batch × dim
            let Za = zb
                ^~
          hint: choose another name; yours may differ in case
        """),
    Slip(
      text: "val oz = 3",
      message: """
        test:1:5: error: `oz` has a meaning already: center of Z: the batch mean over both views, a vector of dim
            val oz = 3
                ^~
          hint: choose another name; yours may differ in case
        """),
    Slip(
      text: "for loss in [1, 2] { print 1 }",
      message: """
        test:1:5: error: `loss` has a meaning already: the training loss, symmetrised
            for loss in [1, 2] { print 1 }
                ^~~~
          hint: choose another name; yours may differ in case
        """),
    Slip(
      text: "print sum(op for op in 1..3)",
      message: """
        test:1:18: error: `op` has a meaning already: center of P: the batch mean over both views, a vector of dim
            print sum(op for op in 1..3)
                             ^~
          hint: choose another name
        """),
    Slip(
      text: "print oe",
      message: """
        test:1:7: error: `oe` is the center of the extra gradient `Ge`, which is not defined
            print oe
                  ^~
          hint: `let Ge = -Zn` defines it
        """),
    Slip(
      text: "print oe",
      message: """
        test:1:7: error: `Ge` is a vector of dim 32: only a batch of vectors has a center
            print oe
                  ^~
        """, before: "let Ge = oz"),
    Slip(
      text: "print Pa",
      message: """
        test:1:7: error: `Pa` is the output of the predictor, and there is none
            print Pa
                  ^~
          hint: `predictor fc D/4 + bn + relu + fc D` makes one
        """, before: "predictor none"),
    Slip(
      text: "loss -Za . sg(infonce)",
      message: """
        test:1:15: error: `infonce` is a function
            loss -Za . sg(infonce)
                          ^~~~~~~
          hint: `infonce(X, Y, tau)`
        """),
    Slip(
      text: "print infonse(Za, Zb, 0.1)",
      message: """
        test:1:7: error: there is no function `infonse`
            print infonse(Za, Zb, 0.1)
                  ^~~~~~~
          hint: did you mean `infonce`?
        """),
    Slip(
      text: "print oz(3)",
      message: """
        test:1:7: error: `oz` is a vector of dim 32, not a function
            print oz(3)
                  ^~
          hint: `*` multiplies: `oz * (…)`
        """, before: "let two = 2"),
    Slip(
      text: "print infonce(Za, Zb, tau)",
      message: """
        test:1:23: error: there is no `tau`
            print infonce(Za, Zb, tau)
                                  ^~~
          hint: `let tau = …` or `for tau in […]` defines it; `show` lists what there is
        """),
    // Views.
    Slip(
      text: "loss -Z[1] . sg(Zb)",
      message: """
        test:1:6: error: `Z[i]` and `Zb` name views in two ways in one loss
            loss -Z[1] . sg(Zb)
                 ^~~~~~~~~~~~~~
          hint: `Z[1]` is `Za`, `Z[2]` is `Zb`
        """),
    Slip(
      text: "loss -Z[1] . sg(q)",
      message: """
        test:1:6: error: `Z[i]` and `Zb` name views in two ways in one loss
            loss -Z[1] . sg(q)
                 ^~~~~~~~~~~~~
          hint: `Z[1]` is `Za`, `Z[2]` is `Zb`
        """, before: "let q = Zb"),
    Slip(
      text: "print Z[3]",
      message: """
        test:1:7: error: there is no view 3: an image has 2 views
            print Z[3]
                  ^~~~
          hint: `views 3` makes more
        """),
    Slip(
      text: "print Z[1.5..2]",
      message: """
        test:1:9: error: `1.5..2` is no view number
            print Z[1.5..2]
                    ^~~~~~
        """),
    Slip(
      text: "print Z[1e300..1e300]",
      message: """
        test:1:9: error: `1e300..1e300` is no view number
            print Z[1e300..1e300]
                    ^~~~~~~~~~~~
        """),
    // Training what cannot be trained.
    Slip(
      text: "train",
      message: """
        test:1:1: error: there is no loss to train yet
            train
            ^~~~~
          hint: `loss -Pa . sg(Zb)` is SimSiam's
        """),
    Slip(
      text: "train",
      message: """
        test:5:6: error: `sg(Za) . sg(Zb)` reaches no parameter: there is nothing to train
            loss sg(Za) . sg(Zb)
                 ^~~~~~~~~~~~~~~
          hint: `sg(…)` stops the gradient; one side must be without it
        """, before: "loss sg(Za) . sg(Zb)"),
    Slip(
      text: "print diag(ones(100000))",
      message: """
        test:1:7: error: this needs at least 37.3 GiB, the limit is 16.0 GiB; its largest array is 100000×100000
            print diag(ones(100000))
                  ^~~~~~~~~~~~~~~~~~
          hint: a smaller `batch` or width needs less
        """)
  ]

  @Test(arguments: slips) func aSlipGetsItsHint(_ slip: Slip) throws {
    let prompt = try Prompt(Prompt.small + slip.before)
    let answer = prompt(slip.text)
    #expect(answer.errors == slip.message)
    #expect(answer.end == (slip.message.contains("warning: ") ? .completed : .usage))
  }

  @Test func aWrongLossLeavesTheOldOne() throws {
    let prompt = try Prompt(Prompt.small + "loss -Za . sg(Zb)")
    #expect(prompt("loss Za").end == .usage)
    #expect(try prompt.number("loss - (-Za . sg(Zb))") == 0)
  }

  @Test func aWarningIsGivenOnce() throws {
    let prompt = try Prompt(Prompt.small)
    #expect(prompt("for i in 1..3 { print exp(Za . Zb) }").diagnostics.count == 1)
  }
}
