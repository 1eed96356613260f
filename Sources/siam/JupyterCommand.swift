import ArgumentParser
import Foundation
import Jupyter
import SourceText

struct JupyterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jupyter", abstract: "Put Siam's kernel where Jupyter finds it, or take it away.",
    discussion: """
      siam jupyter install                 for this user
      siam jupyter install --sys-prefix    for the Python environment that is active
      siam jupyter uninstall
      """,
    subcommands: [Install.self, Uninstall.self])

  struct Folder: ParsableArguments {
    @Flag(help: "In the environment of the Python that runs the kernel, not in the user's folder.")
    var sysPrefix = false

    @Option(help: ArgumentHelp("Below this folder, in share/jupyter/kernels.", valueName: "folder"), completion: .directory)
    var prefix: String?

    @Option(help: ArgumentHelp("The Python that runs the kernel.", valueName: "path"), completion: .file())
    var python: String?

    func validate() throws {
      if sysPrefix && prefix != nil { throw ValidationError("`--prefix` and `--sys-prefix` name two folders: one will do.") }
    }

    func interpreter() throws(Diagnostic) -> PythonInterpreter { try PythonInterpreter.find(named: python, prefix: prefix) }

    func installation() throws(Diagnostic) -> KernelInstallation {
      let folder: JupyterFolder = if sysPrefix { .prefix(try interpreter().prefix) } else { prefix.map { .prefix($0) } ?? .user }
      return KernelInstallation(folder: folder.kernel())
    }
  }

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the kernel; it goes on with this very program.")

    @OptionGroup var folder: Folder

    @Option(help: ArgumentHelp("Where its Python sources are, if not beside this program.", valueName: "folder"), completion: .directory)
    var package: String?

    func run() throws {
      try JupyterCommand.reporting { () throws(Diagnostic) in
        let python = try folder.interpreter()
        let installation = try folder.installation()
        let program = KernelPackage.program()
        let sources = if let package { package } else { try KernelPackage.folder() }
        try installation.install(program: program, python: python, package: sources)
        print("wrote \(installation.folder)")
        print("  it starts \(program)")
        print("  with \(python.executable)\(python.ipykernel.map { " (ipykernel \($0))" } ?? "")")
        if let problem = python.problem { JupyterCommand.complain(problem) }
      }
    }
  }

  struct Uninstall: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete the kernel.")

    @OptionGroup var folder: Folder

    func run() throws {
      try JupyterCommand.reporting { () throws(Diagnostic) in
        let installation = try folder.installation()
        try installation.uninstall()
        print("deleted \(installation.folder)")
      }
    }
  }

  private static func reporting(_ body: () throws(Diagnostic) -> Void) throws {
    do throws(Diagnostic) {
      try body()
    } catch {
      complain(error)
      throw ExitCode.failure
    }
  }

  private static func complain(_ diagnostic: Diagnostic) {
    FileHandle.standardError.write(Data((DiagnosticRenderer().render(diagnostic) + "\n").utf8))
  }
}
