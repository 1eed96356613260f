import RunHistory

extension HelpTopic {
  static let queries = HelpTopic(
    "where", or: ["columns", "sort", "predicates", "queries"],
    "what selects runs in `history where …` and `export … where …`: columns, settings, metrics and formulas, compared and joined",
    [
      .paragraph("A metric is its last value, a setting has the name that `history N` shows, and what a `val` or a loop named is a setting, too."),
      .heading("Columns"), .terms(HistoryVocabulary.columns.map { HelpPage.Term($0.name, $0.summary) }),
      .heading("Conditions"), .terms(HistoryVocabulary.flags.map { HelpPage.Term($0.name, $0.summary) }),
      .heading("Functions"), .terms(HistoryVocabulary.functions.map { HelpPage.Term($0.name, $0.summary) }),
      .heading("Between them"),
      .terms(
        [HelpPage.Term("= != < <= > >=", "what a run does not have compares as nothing does: only `!=` and `not` are true of it")]
          + HistoryVocabulary.connectives.map { HelpPage.Term($0.name, $0.summary) })
    ],
    examples: [
      "history where top1 > 30 and not collapsed sort top1 desc limit 10", "history where verdict = full or min(std) < 0.001",
      "history where started > -7d columns name, lr, last(mo), max(top1)"
    ])

  static let runs = HelpTopic(
    "runs", or: ["run names"], "how `diff`, `rerun`, `run(…)` and all that take a run name one",
    [
      .terms([
        .init("42", "by its number, which `history` shows; no other run of that history ever has it"),
        .init("\"SimSiam\"", "by its name, as in `train as \"SimSiam\"`: of several the newest of this session, else the newest of the history"),
        .init("SimSiam", "the same, where a statement takes runs; a name with blanks or signs needs its quotes"),
        .init("\"seed*\"", "behind `of` in `table` and `plot`: every run of this session whose name fits; * is any text"),
        .init("note tag forget", "and `untag`, `restore`, `history` take every run of the history that is called so, not the newest alone")
      ]),
      .paragraph(
        "`runs(\"a\")` lists the numbers of all of this session's that are called so. Several runs may have one name, and a script that is run twice gives it to two."
      )
    ],
    examples: ["print run(\"a\").std", "history 1"])

  static let sweeps = HelpTopic(
    "sweep", or: ["sweeps", "parallel"], "one experiment for each value of something: in a loop, in several processes, or as a job array",
    [
      .terms([
        .init("for x in LIST { … }", "one after the other, in this session"),
        .init("for x in LIST parallel N { … }", "each in a process and a run of its own, N at a time, from what `reset` leaves"),
        .init("siam sweep F --slurm", "writes the parallel loops of a script as a job array, one task a point"),
        .init("siam run F --point 3", "one point of them, counted from 0"), .init("siam import *.sqlite", "brings the runs of the tasks home"),
        .init("rerun 42 with tau=t", "in a loop: the same experiment with one value changed")
      ])
    ],
    examples: ["for tau in [0.1, 0.5] { loss infonce(Za, sg(Zb), tau); train 2 steps as \"tau={tau}\" }", "table std, mr of \"tau=*\""])

  static let notebooks = HelpTopic(
    "notebooks", or: ["notebook", "scripts", "script", "report", "reports"],
    "a .siam file holds prose in comment lines, statements, and under a statement what it printed, in lines that begin with `#>`",
    [
      .terms([
        .init("# text", "a comment: prose, as Markdown"), .init("#> text", "an output; a comment too, so that a notebook is a script"),
        .init("siam run F", "runs it; what writes files or starts programs needs --allow-write or --allow-run"),
        .init("siam check F", "what is wrong with it, and what it would cost here, without training"),
        .init("siam test F", "runs it and compares what it prints with its `#>` lines: numbers to a tolerance, times not at all"),
        .init("siam update F", "runs it and writes its `#>` lines anew"),
        .init("siam run F --report F.html", "also one page with its prose, code, outputs and plots; or F.md"),
        .init("save \"F.siam\"", "writes the session so far as a notebook"),
        .init("save minimal \"F.siam\"", "only what its state needs, proved by a replay"),
        .init("--set tau=0.2", "overrides its first `val tau`"), .init("--profile paper", "what its `use quick` then means"),
        .init("expect E", "fails it where E is false"), .init("include \"FILE\"", "runs another one in its place")
      ])
    ],
    examples: ["expect abs(0.1 + 0.2 - 0.3) < 1e-6"])

  static let keys = HelpTopic(
    "keys", or: ["keyboard", "prompt", "ans", "startup", "!"], "what keys do at the prompt, which is Readline's, and what there is nowhere else",
    [
      .terms([
        .init("Tab", "completes what can stand at the cursor; where several can, lists them"), .init("\\tau Tab", "types τ"),
        .init("Enter", "runs the input; one that is not finished goes on in the next line"), .init("↑ ↓", "earlier inputs"),
        .init("Ctrl-R", "searches them"), .init("Ctrl-A Ctrl-E", "to the line's beginning, its end"),
        .init("Ctrl-C", "abandons the line; stops a training at its next step, and `train` then goes on; never leaves"),
        .init("Ctrl-Z", "suspends Siam; `fg` in the shell brings it back"), .init("Ctrl-D", "leaves, on an empty line")
      ]),
      .terms([
        .init("E", "an expression alone prints its value"), .init("ans", "the last value that was printed"),
        .init("!command", "runs a line in the shell; never in a script"),
        .init(
          "startup.siam", "in ~/.config/siam, or in SIAM_HOME: statements that are run before the first prompt; `siam --no-startup` leaves them out"),
        .init("PAGER", "what shows an answer longer than the screen, else `less -RFX`; `siam --no-pager` does without"),
        .init("NO_COLOR", "where it is set, nothing is coloured")
      ])
    ])
}
