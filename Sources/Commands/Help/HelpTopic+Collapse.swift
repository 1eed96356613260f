extension HelpTopic {
  static let decomposition = HelpTopic(
    "decomposition", or: ["eta", "Ge", "extra gradient", "grad", "decentering"],
    "why a loss collapses or not: vectors and gradients as a center and a residual", paper: "Sec. 3 and 4; Eq. 3 and 4, Fig. 5",
    [
      .terms([
        .init("Z = o + r", "a unit vector as the center, the mean of all: oz = (center(Za) + center(Zb))/2, and its residual ra = Za - oz"),
        .init("mo  mr", "‖o‖/‖z‖ and ‖r‖/‖z‖: at collapse mo goes to 1 and mr to 0 (Sec. 3.1)"),
        .init("Zb  Pb", "the basic gradient: what -∂loss/∂Za is of -Za . Zb (Eq. 3), -∂loss/∂Pa of -Pa . Pb; alone it collapses"),
        .init("Ge", "the extra gradient, all that is not basic: -∂loss/∂Za = s·(Zb + Ge); SimSiam's on Pa is Zb - Pb (Eq. 4)"),
        .init("oe  re", "its center(Ge) and residual(Ge); `let Ge = -Zn` defines one to train with, as in `loss -Za . sg(Zb + oe)` (Sec. 3.3)"),
        .init("η, eta", "component(oe, oz), on Pa component(oe, op): how much of the center oe holds; there cos(oe - η*oz, oz) is 0 (Fig. 5a)"),
        .init("de-centers", "η < 0: oe pushes all vectors away from their center; SimSiam's η is about -0.5 in the paper, InfoNCE's oe is -oz"),
        .init("pulls", "η > 0: oe pulls them toward it, as Mirror SimSiam's does, about 0.2 in the paper: it collapses (Sec. 3.4)"),
        .init("de-correlates", "cos(re, -∂decorrelation/∂Za) is over 0.2: re makes dimensions differ, as Algorithm 6 does (Sec. 3.5, Fig. 5c)")
      ]),
      .paragraph("`decompose grad` measures all of this of the loss, `decompose Za` of a batch; `help collapse` says what a verdict is.")
    ],
    examples: [
      "let Ge = -Zn; loss -Za . sg(Zb + oe); decompose grad", "print component(oe, oz)", "plot cos(oe - eta*oz, oz) against eta in -2..1"
    ])

  static let collapse = HelpTopic(
    "collapse", or: ["collapsing", "dimensional collapse"], "all images get one vector, so that views agree and nothing is learned",
    paper: "Sec. 3.1",
    [
      .terms([
        .init("std", "of unit rows, a mean over dimensions: 1/√D where they fill the sphere, 0 at collapse"),
        .init("mo  mr", "the shares of center and residual in a vector: 1 and 0 at collapse"),
        .init("rank", "the effective rank: low where few dimensions are in use, though the vectors differ (dimensional collapse)"),
        .init("full", "a verdict: the mean of ‖r‖ or std·√D is under 0.2"), .init("partial", "mr is under 0.5"),
        .init("diverged", "a loss or a gradient was not finite"), .init("no", "none of these")
      ]),
      .paragraph(
        "Every `train` ends with its verdict and the evidence; of Z, and of P where the loss is on P, the worse decides. `threshold` sets the numbers."
      ),
      .paragraph(
        "`decompose grad` says what the loss does about it: `help decomposition`. -Za . Zb collapses, -Pa . sg(Zb) does not: `help simsiam`.")
    ],
    examples: ["expect verdict in [\"no\", \"partial\", \"full\"]", "print std * sqrt(D)", "history where collapsed"])

  static let methods = HelpTopic(
    "simsiam", or: ["SimSiam", "methods", "byol", "BYOL", "simclr", "SimCLR"], "SimSiam and its relatives as losses, and which of them collapse",
    paper: "Eq. 1 and 2, Sec. 3.3, Table 2, A.4",
    [
      .terms([
        .init("loss -Pa . sg(Zb)", "SimSiam (Eq. 2): predictor h and stop-gradient; does not collapse"),
        .init("loss -Za . Zb", "Naive Siamese (Eq. 1): collapses"),
        .init("loss -Za . normalize(h(sg(zb)))", "Mirror SimSiam, the stop-gradient on the other path (Alg. 2): collapses"),
        .init("loss -Pa . sg(Pb)", "Symmetric Predictor (Alg. 3): collapses"),
        .init("loss -Za . sg(Zb - Zn)", "a random negative (Sec. 3.3): does not collapse"),
        .init("loss infonce(Za, Zb, 0.1)", "InfoNCE, the other images as negatives (Eq. 5): does not collapse"),
        .init("teacher 0.99; loss -Pa . sg(Tb)", "BYOL: SimSiam with a momentum encoder")
      ]),
      .paragraph(
        "Each is trained as it stands: `loss E` adds the exchanged half itself (`help symmetrisation`). `decompose grad` says why: `help decomposition`."
      )
    ],
    examples: ["loss -Pa . sg(Zb); decompose grad", "loss -Za . Zb; decompose grad"])
}
