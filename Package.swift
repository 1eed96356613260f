// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Imports run one way; this file is where that is enforced. Read it from the bottom up to follow a typed line:
// `siam` → Terminal → Commands → Experiments (formulas to graphs) → Training → Networks → Graph → Kernels.

/// Flags of the targets that hold inner loops. They are optimised in debug builds too (an unoptimised kernel is hundreds of
/// times slower), and compiled for the processor at hand unless `SIAM_PORTABLE=1` asks for a program that runs elsewhere.
let isPortable = ProcessInfo.processInfo.environment["SIAM_PORTABLE"] == "1"
let kernelSettings: [SwiftSetting] = [
  .unsafeFlags(["-Ounchecked"] + (isPortable ? [] : ["-Xcc", "-march=native"]))
]

/// What the record of a run says of the program: `scripts/build` knows the commit. Only one small target is compiled with it.
let commit = (ProcessInfo.processInfo.environment["SIAM_COMMIT"] ?? "").filter { $0.isHexDigit || "-dirty".contains($0) }
let commitSettings: [CSetting] = commit.isEmpty ? [] : [.define("SIAM_COMMIT", to: "\"\(commit)\"")]

/// A test target reads fixtures from its own folder by `#filePath`, so none of them are bundled as resources.
func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: [String] = ["Fixtures"]) -> Target {
  let folder = "\(Context.packageDirectory)/Tests/\(name)"
  return .testTarget(
    name: name, dependencies: dependencies, exclude: fixtures.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") })
}

let package = Package(
  name: "siam",
  products: [.executable(name: "siam", targets: ["siam"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0")
  ],
  targets: [
    // The libraries of the system.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CPng", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    // What the compiler was told of the processor, so that the program can refuse to start on a lesser one.
    .systemLibrary(name: "CProcessor"),
    .target(name: "CBuildFacts", cSettings: commitSettings),
    .target(name: "Processor", dependencies: ["CProcessor"], swiftSettings: kernelSettings),

    // The language, as text.
    .target(name: "SourceText"),
    .target(name: "Syntax", dependencies: ["SourceText"], exclude: ["Grammar.txt"]),
    // A file as prose, statements and their outputs.
    .target(name: "Notebooks", dependencies: ["Syntax", "SourceText"]),
    .target(name: "Tables", dependencies: ["SourceText"]),
    // What a plot shows, drawn in characters or by gnuplot.
    .target(name: "Figures", dependencies: ["Tables", "SourceText"]),

    // The engine.
    .target(name: "Kernels", dependencies: ["COpenBLAS", "CProcessor"], swiftSettings: kernelSettings),
    .target(name: "Tensors"),
    // Tensors as safetensors files, with what a run needs to go on.
    .target(name: "Checkpoints", dependencies: ["Tensors", "Tables", "SourceText"]),
    .target(name: "Graph", dependencies: ["Tensors", "Kernels"]),
    .target(name: "Networks", dependencies: ["Graph", "Tensors", "Kernels"]),
    // Images as PNG and JPEG files.
    .target(name: "ImageFiles", dependencies: ["CPng", "CTurboJPEG"], swiftSettings: kernelSettings),
    .target(name: "Datasets", dependencies: ["Kernels", "CZlib", "ImageFiles"], swiftSettings: kernelSettings),
    .target(name: "Training", dependencies: ["Networks", "Datasets", "Graph", "Tensors", "Kernels"]),

    // What joins them.
    .target(
      name: "RunHistory",
      dependencies: [
        "SourceText", "Syntax", "Tables", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift")
      ],
      exclude: ["SCHEMA.md"]),
    .target(
      name: "Experiments",
      dependencies: [
        "SourceText", "Syntax", "Tables", "Checkpoints", "Training", "Networks", "Datasets", "Graph", "Tensors", "Kernels"
      ]),
    .target(
      name: "Commands",
      dependencies: [
        "Experiments", "RunHistory", "Checkpoints", "Training", "Networks", "Graph", "Datasets", "Tensors", "Kernels", "Figures", "ImageFiles",
        "Tables", "Notebooks", "Syntax", "SourceText", "CBuildFacts"
      ]),
    // Notebooks run, tested and brought up to date.
    .target(name: "NotebookRunning", dependencies: ["Commands", "Notebooks", "SourceText"]),
    // Answers and notebooks as pages.
    .target(
      name: "Pages", dependencies: ["NotebookRunning", "Notebooks", "Commands", "RunHistory", "Figures", "Tables", "Syntax", "SourceText"]),
    .target(name: "Terminal", dependencies: ["Commands", "Figures", "Syntax", "SourceText", "CReadline"]),
    // The session for programs: a line of JSON a request. `Jupyter` puts the kernel that speaks it in place.
    .target(name: "LineProtocol", dependencies: ["Terminal", "Pages", "Commands", "Figures", "Tables", "Syntax", "SourceText"]),
    .target(name: "Jupyter", dependencies: ["Tables", "SourceText"]),
    .executableTarget(
      name: "siam",
      dependencies: [
        "Terminal", "LineProtocol", "Jupyter", "Pages", "NotebookRunning", "Notebooks", "Commands", "RunHistory", "Tables", "Syntax", "SourceText",
        "Processor",
        .product(name: "ArgumentParser", package: "swift-argument-parser")
      ]),

    .target(name: "TestSupport", path: "Tests/TestSupport"),
    // Hostile inputs for the readers, run by `scripts/fuzz-inputs`.
    .executableTarget(
      name: "fuzz-inputs",
      dependencies: ["RunHistory", "Checkpoints", "Tensors", "Datasets", "CZlib", "Syntax", "SourceText", "TestSupport"],
      path: "Tests/InputFuzzer"),
    // A malloc that counts, for tests of what must not allocate.
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    tests("SourceTextTests", ["SourceText"]),
    tests("SyntaxTests", ["Syntax", "SourceText", "TestSupport"], fixtures: ["Mistakes.txt"]),
    tests("NotebooksTests", ["Notebooks", "SourceText", "TestSupport"]),
    tests("TablesTests", ["Tables", "SourceText"]),
    tests("FiguresTests", ["Figures", "SourceText", "TestSupport"]),
    tests("KernelsTests", ["Kernels"]),
    tests("CheckpointsTests", ["Checkpoints", "Tensors", "TestSupport"]),
    tests("GraphTests", ["Graph", "Tensors", "Kernels", "TestSupport", "AllocationCounter"]),
    tests("NetworksTests", ["Networks", "Graph", "Tensors", "TestSupport"]),
    tests("DatasetsTests", ["Datasets", "ImageFiles", "Kernels", "CZlib", "TestSupport"]),
    tests("TrainingTests", ["Training", "Networks", "Datasets", "Graph", "Tensors", "Kernels", "TestSupport"]),
    tests("RunHistoryTests", ["RunHistory", "Tables", "Syntax", "SourceText", "TestSupport"]),
    tests(
      "ExperimentsTests",
      ["Experiments", "Checkpoints", "Training", "Networks", "Datasets", "Graph", "Tensors", "Syntax", "SourceText", "TestSupport"]),
    tests("CommandsTests", ["Commands", "Experiments", "Graph", "Figures", "ImageFiles", "Tables", "Syntax", "SourceText", "TestSupport"]),
    tests("PagesTests", ["Pages", "Commands", "RunHistory", "Figures", "Tables", "SourceText", "TestSupport"]),
    tests("NotebookRunningTests", ["TestSupport"]),
    tests("ErrorTests", ["TestSupport"], fixtures: ["Cases", "answer", "update"]),
    tests("TerminalTests", ["Terminal", "Commands", "Processor", "TestSupport"]),
    tests("LineProtocolTests", ["LineProtocol", "Commands", "TestSupport"]),
    tests("JupyterTests", ["TestSupport"]),
    tests("ExampleTests", ["TestSupport"]),
    tests("ScriptTests", ["TestSupport"])
  ],
  swiftLanguageModes: [.v6]
)

// In Siam's own targets a warning is an error; the packages it uses answer for theirs.
for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
}
