/// A Vim syntax file, made of the language's own words.
package enum VimSyntax {
  package static var text: String {
    """
    " Vim syntax file for the language of Siam (*.siam). Made by `siam editor vim`; `scripts/reference` brings it up to date.
    if exists("b:current_syntax")
      finish
    endif
    let s:cpo_save = &cpo
    set cpo&vim

    syn case match
    " The last of several that match at one place counts.
    syn match siamOperator "[-+*/@^'.·=<>!]"
    syn match siamNumber "\\v<\\d+%(\\.\\d+)?%([eE][-+]?\\d+)?>"
    syn match siamWord "\\v<%(\(alternatives(EditorWords.words)))>"
    syn match siamName "\\v<%(\(alternatives(EditorWords.names)))>"
    syn match siamConstant "\\v<%(\(alternatives(EditorWords.constants)))>"
    syn match siamFunction "\\v<%(\(alternatives(EditorWords.functions)))\\ze\\("
    syn match siamOption "\\v<%(\(alternatives(EditorWords.options)))\\ze\\=[^=]"
    syn match siamLogic "\\v<%(\(alternatives(EditorWords.operators)))>"
    syn match siamStatement "\\v%(%(^|[;{}])\\s*)@60<=<%(\(alternatives(EditorWords.statements)))>"
    syn region siamString oneline start=+"+ skip=+\\\\.+ end=+"+ contains=siamInterpolation
    syn match siamInterpolation "{[^{}\\"]*}" contained
    syn region siamQuery oneline matchgroup=siamStatement start="\\v%(%(^|[;{}])\\s*)@60<=<sql>" end="$" contains=siamString,siamNumber
    syn match siamComment "#.*$" contains=siamTodo,@Spell
    syn match siamOutput "#>.*$"
    syn keyword siamTodo TODO FIXME XXX contained

    hi def link siamStatement Statement
    hi def link siamWord Keyword
    hi def link siamLogic Conditional
    hi def link siamFunction Function
    hi def link siamName Identifier
    hi def link siamConstant Constant
    hi def link siamOption Type
    hi def link siamNumber Number
    hi def link siamOperator Operator
    hi def link siamString String
    hi def link siamInterpolation Special
    hi def link siamQuery PreProc
    hi def link siamComment Comment
    hi def link siamOutput SpecialComment
    hi def link siamTodo Todo

    let b:current_syntax = "siam"
    let &cpo = s:cpo_save
    unlet s:cpo_save

    """
  }

  /// Vim takes the first alternative that fits, and `<…>` around them sees that it is a whole word.
  private static func alternatives(_ words: [String]) -> String { words.joined(separator: "|") }
}
