import Commands
import Terminal
import Testing

/// What Tab offers where the bar stands.
@Suite struct CompletionTests {
  private static let declarations: [StatementDeclaration] = [
    .init(
      keyword: "data", signature: "", summary: "", options: [.init("train"), .init("test")],
      arguments: [[.words(["cifar10", "cifar100", "shapes"])], [.paths]],
      clauses: [.init("or", [.words(["fashion"])], [.paths])]),
    .init(
      keyword: "let", signature: "", summary: "", arguments: [[.definitions], []], clauses: [.init("=", [.formula])]),
    .init(
      keyword: "print", signature: "", summary: "", arguments: [[.formula]],
      clauses: [.init("on", [.words(["train", "test"])], [.words(["batches"])])]),
    .init(
      keyword: "rate", signature: "", summary: "", options: [.init("lr")],
      arguments: [[.modules], [.words(["constant"])], []]),
    .init(keyword: "augment", signature: "", summary: "", options: [.init("flip"), .init("gray")]),
    .init(
      keyword: "schedule", signature: "", summary: "", options: [.init("warmup"), .init("shape", values: ["linear", "cosine"])],
      arguments: [[.words(["cosine", "constant"])], []]),
    .init(
      keyword: "history", signature: "", summary: "", arguments: [[]],
      clauses: [
        .init("where", [.metrics, .settings]), .init("sort", [.metrics]),
        .init("format", [.words(["csv", "json"])], []), .init(">", [.paths])
      ]),
    .init(
      keyword: "plot", signature: "", summary: "", arguments: [[.metrics]],
      clauses: [.init("of", [.runs]), .init("to", [.paths])]),
    .init(
      keyword: "for", signature: "", summary: "", arguments: [[]], clauses: [.init("in", [.formula]), .init("parallel", after: "in", [])]),
    .init(keyword: "loss", signature: "", summary: "", arguments: [[.words(["onesided"]), .formula], [.formula]]),
    .init(keyword: "expect", signature: "", summary: "", arguments: [[.formula]]),
    .init(keyword: "diff", signature: "", summary: "", arguments: [[.runs], [.runs], []]),
    .init(keyword: "restore", signature: "", summary: "", arguments: [[.forgottenRuns], []]),
    .init(keyword: "rerun", signature: "", summary: "", arguments: [[.runs], []], clauses: [.init("with", [.changes]), .init("as", [])]),
    .init(keyword: "sql", signature: "", summary: "", arguments: [[.sql]]),
    .init(
      keyword: "export", signature: "", summary: "", arguments: [[.words(["runs", "series"])], [.words(["where", "to"])]],
      clauses: [.init("where", [.columns]), .init("to", [.paths])]),
    .init(keyword: "import", signature: "", summary: "", arguments: [[.files(["sqlite"])]]),
    .init(keyword: "help", signature: "", summary: "", arguments: [[.topics], []]),
    .init(keyword: "include", signature: "", summary: "", arguments: [[.paths]])
  ]

  private static let vocabulary: Vocabulary = {
    var vocabulary = words
    vocabulary.columns = ["verdict", "name", "mr", "first("]
    vocabulary.connectives = ["and", "contains"]
    vocabulary.columnValues = ["verdict": ["full", "no"]]
    vocabulary.runs = [.init(42, name: "triplet"), .init(9, name: "")]
    vocabulary.forgottenRuns = [.init(7, name: "old")]
    vocabulary.views = [.init("run_list", columns: ["run_id", "name"]), .init("metric_summary", columns: ["metric", "max_value"])]
    return vocabulary
  }()

  private static let words = Vocabulary(
    names: [
      .init("Za", .quantity), .init("Zb", .quantity), .init("Ge", .formula), .init("tau", .value), .init("sg", .function),
      .init("softmax", .function), .init("encoder", .module), .init("h", .module)
    ],
    metrics: ["loss", "mo", "mr", "top1"], settings: ["lr", "momentum"], runNames: ["triplet", "tau=0.1"],
    topics: ["shapes of things"])

  private static let folders: [String: [FolderEntry]] = [
    ".": [.init("data", isFolder: true), .init("draft.siam", isFolder: false), .init(".git", isFolder: true)],
    "data/": [.init("cifar", isFolder: true)],
    "runs/": [
      .init("a.sqlite", isFolder: false), .init("a.sqlite-wal", isFolder: false), .init("a.sqlite-shm", isFolder: false),
      .init("notes.txt", isFolder: false), .init("b", isFolder: true)
    ]
  ]

  /// Knows that vectors fit behind `Za . `.
  private struct Advisor: CompletionAdvisor {
    func names(fittingAfter beginning: String) -> [String]? { beginning == "-Za . sg(" ? ["Zb", "h("] : nil }
    func changeableNames(ofRun run: String) -> [String] { run == "42" ? ["tau", "lr"] : [] }
  }

  private func completion(_ marked: String) -> Completion {
    let cursor = marked.prefix { $0 != "|" }.utf8.count
    let completer = Completer(
      declarations: Self.declarations, vocabulary: Self.vocabulary, advisor: Advisor(), listFolder: { Self.folders[$0] ?? [] })
    return completer.completion(of: marked.replacing("|", with: ""), at: cursor)
  }

  private static let everyName = ["encoder(", "Ge", "h(", "sg(", "softmax(", "tau", "Za", "Zb"]

  @Test(arguments: [
    // At the start of a statement.
    (
      "|",
      [
        "augment", "data", "diff", "expect", "export", "for", "help", "history", "import", "include", "let", "loss", "plot", "print", "rate", "rerun",
        "restore", "schedule", "sql"
      ]
    ),
    ("h|", ["help", "history"]),
    ("print Za; hi|", ["history"]),
    ("print Za\nhi|", ["history"]),
    ("for s in 1..3 { hi|", ["history"]),
    ("for s in 1..3 { print s } hi|", ["history"]),
    // Behind the block of an `if`.
    ("if Za { print Za } e|", ["else", "expect", "export"]),
    ("if Za {\n print Za\n}\nel|", ["else"]),
    ("if Za { print Za }; el|", []),
    ("for s in 1..3 { print s } el|", []),
    ("for s in 1..3 { if s { print s } el|", ["else"]),
    ("if Za { print Za } else |", ["if"]),
    ("if Za { print Za } else { hi|", ["history"]),
    ("if Za { print Za } else { print Za } el|", []),
    ("if Za { print Za } else if Zb { print Za } el|", ["else"]),
    ("Z|", ["Za", "Zb"]),
    ("print cos(Za,\nZ|", ["Za", "Zb"]),
    ("print Za +\nZ|", ["Za", "Zb"]),
    // Formulas.
    ("print s|", ["sg(", "softmax("]),
    ("let x = Z|", ["Za", "Zb"]),
    ("let |", ["Ge", "tau"]),
    ("let x |", []),
    ("print Za . sg(Z|", ["Za", "Zb"]),
    ("print -|", everyName),
    ("for x in Z|", ["Za", "Zb"]),
    ("print τ + Z|", ["Za", "Zb"]),
    ("loss -Za . sg(|", ["h(", "Zb"]),
    ("loss onesided -Za . sg(|", ["h(", "Zb"]),
    ("print Ge, -Za . sg(|", ["h(", "Zb"]),
    ("loss -Za . sg(Z|", ["Zb"]),
    // Only others begin so.
    ("loss -Za . sg(G|", ["Ge"]),
    ("loss onesided |", everyName),
    ("print Za |", ["on"]),
    ("print (Za |", []),
    ("expect verdict == |", ["\"full\"", "\"no\""]),
    ("expect verdict == \"f|", ["full"]),
    ("for x |", ["in"]),
    ("for x in 1..3 |", ["parallel"]),
    ("print Za on |", ["test", "train"]),
    ("print Za on 20 |", ["batches"]),
    ("print Za o|", ["on"]),
    ("print (Za o|", []),
    // Options and their values.
    ("augment |", ["flip=", "gray="]),
    ("augment flip=0.5 |", ["gray="]),
    ("augment flip=t|", ["tau"]),
    ("schedule |", ["constant", "cosine", "shape=", "warmup="]),
    ("schedule cosine sh|", ["shape="]),
    ("schedule cosine shape=|", ["cosine", "linear"]),
    ("schedule shape=linear |", ["constant", "cosine", "warmup="]),
    ("rate |", ["encoder", "h", "lr="]),
    ("rate h |", ["constant", "lr="]),
    ("rate lr=0.2..1 |", ["encoder", "h"]),
    ("rate lr=[1, 2] |", ["encoder", "h"]),
    ("rate (lr=1) |", ["constant"]),
    ("rate lr=1 h |", ["constant"]),
    // Words, in their place.
    ("data |", ["cifar10", "cifar100", "or", "shapes", "test=", "train="]),
    ("data cifar10 or |", ["fashion"]),
    ("sched co|", ["constant", "cosine"]),
    // The history.
    ("history w|", ["where"]),
    ("import \"runs/|", ["a.sqlite", "b/"]),
    ("plot mo to \"runs/|", ["a.sqlite", "b/", "notes.txt"]),
    ("history where |", ["loss", "lr", "mo", "momentum", "mr", "top1"]),
    ("history where top1 > 30 and m|", ["mo", "momentum", "mr"]),
    ("history where mo < 1 sort t|", ["top1"]),
    ("history format |", ["csv", "json"]),
    ("print run(\"triplet\").t|", ["top1"]),
    ("export |", ["runs", "series", "to", "where"]),
    ("export runs |", ["to", "where"]),
    ("export runs where |", ["first(", "mr", "name", "verdict"]),
    ("export runs where verdict |", ["and", "contains", "to"]),
    ("export runs where verdict = |", ["full", "no"]),
    ("export runs where verdict == f|", ["full"]),
    ("export runs where mr < 1 and n|", ["name"]),
    ("export runs where first(m|", ["mr"]),
    // Runs.
    ("diff |", ["42 \"triplet\"", "9"]),
    ("diff 4|", ["42 \"triplet\""]),
    ("diff 42 |", ["42 \"triplet\"", "9"]),
    ("diff \"tr|", ["triplet"]),
    ("restore |", ["7 \"old\""]),
    ("rerun 42 |", ["as", "with"]),
    ("rerun 42 with |", ["lr=", "tau="]),
    ("rerun 42 with tau=1, l|", ["lr="]),
    ("rerun 42 with tau=t|", ["tau"]),
    ("rerun 9 with |", []),
    // SQL.
    ("sql SELECT name FROM |", ["metric_summary", "run_list"]),
    ("sql SELECT run|", ["run_id"]),
    ("sql sel|", ["SELECT"]),
    ("sql SELECT x FROM metric_summary WHERE m|", ["max(", "max_value", "metric", "metric_summary", "min("]),
    ("sql \"SELECT x FROM r|", ["run_list"]),
    // Help.
    ("help s|", ["schedule", "sg", "shapes of things", "softmax", "sql"]),
    // Strings.
    ("include \"|", ["data/", "draft.siam"]),
    ("include \"dr|", ["draft.siam"]),
    ("include \"data/|", ["cifar/"]),
    ("include \".|", [".git/"]),
    ("data cifar10 \"da|", ["data/"]),
    ("plot mo of \"t|", ["tau=0.1", "triplet"]),
    ("plot mo to \"d|", ["data/", "draft.siam"]),
    ("history > \"d|", ["data/", "draft.siam"]),
    ("print run(\"tr|", ["triplet"]),
    ("print \"d|", []),
    // Nothing to say.
    ("# pri|", []),
    ("print 12|", []),
    ("print \"closed\"|", []),
    ("nonsense |", everyName),
    // Greek.
    ("print \\tau|", ["τ"]),
    ("print \\ta|", ["τ"]),
    ("print \\eta|", ["η"]),
    ("print \\e|", ["\\epsilon", "\\eta"]),
    ("print \\nothing|", [])
  ])
  func candidates(marked: String, expected: [String]) {
    #expect(completion(marked).candidates.map(\.label) == expected)
  }

  @Test func theWordIsReplacedAndNothingElse() {
    #expect(completion("print sg(Z|a)").range == 9..<10)
    #expect(completion("print τ + Z|").range == 11..<12)
    #expect(completion("print \\tau|").range == 6..<10)
    #expect(completion("include \"dr|").range == 9..<11)
    #expect(completion("print |").range == 6..<6)
  }

  @Test func whatFollowsTheOnlyCandidate() {
    #expect(completion("hel|").candidates == [.init("help", suffix: " ")])
    #expect(completion("include \"dr|").candidates == [.init("draft.siam", suffix: "\"")])
    #expect(completion("include \"data/|").candidates == [.init("data/cifar/", label: "cifar/")])
    #expect(completion("print run(\"tri|").candidates == [.init("triplet", suffix: "\"")])
    #expect(completion("print so|").candidates == [.init("softmax(")])
  }

  @Test func whatAllBeginWith() {
    #expect(completion("data ci|").commonPrefix == "cifar10")
    #expect(completion("print |").commonPrefix == "")
  }

  @Test(arguments: [
    "\"", "{{{{", "))))]]]]", "\\", "print \"\\", "=", "let = =", "🦊 |", "\u{0}\u{0}", "é\u{301}x", "data or or or =", "....",
    "schedule (warmup=1", "rate lr=lr=lr="
  ])
  func nothingTypedTraps(text: String) {
    let completer = Completer(declarations: Self.declarations, vocabulary: Self.vocabulary, listFolder: { _ in [] })
    for cursor in 0...text.utf8.count {
      let range = completer.completion(of: text, at: cursor).range
      #expect(range.upperBound <= cursor)
    }
  }
}
