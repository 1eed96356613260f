import Syntax

/// Foundation has an `Expression` too; here it is always the language's.
typealias Expression = Syntax.Expression
