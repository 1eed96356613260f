import ArgumentParser

/// What makes a shell complete `siam`: the parser's own script, and in it the folder of `--allow-write=FOLDER`, of which the parser knows nothing.
enum CompletionScript {
  static func text(for shell: CompletionShell) -> String {
    let script = SiamCommand.completionScript(for: shell) + "\n"
    switch shell {
    case .bash:
      // bash takes `--allow-write=folder` for three words.
      let head = "    case \"${prev}\" in\n"
      let folder = """
            '=')
                [[ ${COMP_WORDS[COMP_CWORD - 2]} = --allow-write ]] && __siam_add_completions -d
                return
                ;;

        """
      return script.replacing(head, with: head + folder)
    case .zsh: return script.replacing(/'--allow-write\[([^\]]*)\]'/) { "'*--allow-write=-[\($0.1)]::folder:_files -/'" }
    case .fish: return script.replacing(/-l 'allow-write' -d '[^']*'/) { "\($0.0) -fa '(__siam_complete_directories)'" }
    default: return script
    }
  }
}
