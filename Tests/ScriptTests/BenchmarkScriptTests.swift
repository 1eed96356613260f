import Foundation
import TestSupport
import Testing

/// `scripts/benchmark` with a Python whose `torch` is empty: what it measures of PyTorch is nothing, how it goes about it is the same.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"))) struct BenchmarkScriptTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    for folder in ["venv/bin", "modules"] {
      try FileManager.default.createDirectory(atPath: home.path + "/" + folder, withIntermediateDirectories: true)
    }
    for module in ["torch", "torchvision"] { try home.write("__version__ = \"1.2.3\"\n", to: "modules/\(module).py") }
    let python = try home.write(
      "#!/bin/sh\nPYTHONDONTWRITEBYTECODE=1 PYTHONPATH='\(home.path)/modules' exec /usr/bin/python3 \"$@\"\n", to: "venv/bin/python")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python)
  }

  private func benchmark(_ arguments: String...) throws -> ScriptProcess {
    try ScriptProcess(
      "benchmark", arguments + ["--results", home.path + "/results.json", "--page", home.path + "/page.md"], home: home,
      changes: ["SIAM_BENCH_VENV": home.path + "/venv"])
  }

  private var page: String {
    get throws { try String(contentsOfFile: home.path + "/page.md", encoding: .utf8) }
  }

  @Test func help() throws {
    let help = try benchmark("--help")
    #expect(help.status == 0 && help.output.hasPrefix("scripts/benchmark [OPTION…] [ITEM…]"))
  }

  @Test(arguments: [
    (["prompt"], "there is no item `prompt`; there are: quick, resnet18-64"), (["--rounds", "0"], "`0` is no whole number from 1"),
    (["--steps", "2.5"], "`2.5` is no whole number from 1"), (["--bogus"], "--bogus")
  ])
  func wrongUsageIsTwo(arguments: [String], message: String) throws {
    let run = try ScriptProcess("benchmark", arguments, home: home, changes: ["SIAM_BENCH_VENV": home.path + "/none"])
    #expect(run.status == 2 && run.output == "" && run.errors.contains(message))
  }

  @Test func twoSidesInTurns() throws {
    let run = try benchmark("startup")
    #expect(run.status == 0, Comment(rawValue: run.errors))
    #expect(run.output.hasPrefix("── startup\ntime to the first prompt\n  Siam    ") && run.output.contains("  ratio   "))
    let page = try page
    #expect(page.hasPrefix("# Benchmarks\n") && page.contains("| time to the first prompt | "))
    #expect(page.contains("\n## startup\n") && page.contains("torch 1.2.3") && page.contains("; rounds: 10."))
  }

  /// What was measured before stays on the page, and is written anew without measuring.
  @Test func thePageIsOfTheLastResults() throws {
    let results = """
      {"growth": {"tables": [{"title": "Batch", "columns": ["batch", "ms"], "rows": [[32, 1234.5], ["a|b", 0.5]]}],
       "facts": {"commit": "abc", "machine": "M, 2 cores", "threads": 2, "when": "today", "rounds": 1, "siam": "OpenBLAS"}}}
      """
    try home.write(results, to: "results.json")
    #expect(try benchmark("--page-only").status == 0)
    #expect(
      try page.contains("\n## growth\n\nSiam abc, M, 2 cores, 2 threads, OpenBLAS, today; rounds: 1.\n\nBatch:\n\n| batch | ms |\n| --- | --- |\n"))
    #expect(try page.hasSuffix("| 32 | 1,234 |\n| a\\|b | 0.5 |\n"))
    try home.write("{", to: "results.json")
    let broken = try benchmark("--page-only")
    #expect(broken.status == 1 && broken.errors.contains("results.json cannot be read: "))
  }

  @Test func aSideThatFailsIsSaid() throws {
    let run = try ScriptProcess(
      "benchmark", ["startup", "--results", home.path + "/results.json", "--page", home.path + "/page.md"], home: home,
      changes: ["SIAM_BENCH_VENV": home.path + "/venv", "SIAM_BIN": "/bin/false"])
    #expect(run.status == 1 && run.errors.contains("benchmark: /bin/false ended without a prompt"))
    #expect(!FileManager.default.fileExists(atPath: home.path + "/page.md"))
  }
}
