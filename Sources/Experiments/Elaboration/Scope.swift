import Syntax

/// What an expression's names mean where it stands.
struct Scope {
  /// Inside `swap(…)`: the letters a and b are exchanged.
  var isSwapped = false
  /// Names bound by a comprehension, `against`, or `grad` by a number.
  var bindings: [String: Meaning] = [:]
  /// Changes with `bindings`: definitions are remembered by it.
  var bindingsIdentity = 0
  /// The definition whose text this is: each `randn` written in it has a stream of its own.
  var owner: Owner

  struct Owner {
    /// `loss`, `let Ge`, `print 3`.
    let name: String
    let expression: Expression
  }
}
