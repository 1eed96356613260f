import ArgumentParser
import Commands
import Foundation

/// What `editors/` and the manual page hold: `scripts/reference` writes them.
struct EditorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "editor", abstract: "Print what an editor or a shell needs to know of Siam.", shouldDisplay: false)

  /// What can be printed.
  enum Product: String, ExpressibleByArgument, CaseIterable {
    case vim, textmate, manual, bash, zsh, fish
  }

  @Argument(help: ArgumentHelp("What for: vim, textmate, manual, bash, zsh or fish.", valueName: "product"))
  var product: Product

  func run() throws {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  private var text: String {
    switch product {
    case .vim: EditorSupport.vim.text
    case .textmate: EditorSupport.textmate.text
    case .manual: ManualPage.text
    case .bash: CompletionScript.text(for: .bash)
    case .zsh: CompletionScript.text(for: .zsh)
    case .fish: CompletionScript.text(for: .fish)
    }
  }
}
