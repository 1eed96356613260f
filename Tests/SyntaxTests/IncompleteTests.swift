import Syntax
import Testing

@Suite struct IncompleteTests {
  @Test(arguments: [
    "print (", "print [1,", "for x in L {", "for x in L {\n  print x\n", "print \"abc", "print a +", "print a + # more",
    "loss -Za .",
    "let x =", "print a,", "print not", "a and", "print f(a,\n\n", "projector fc D +\n", "sql SELECT (\nprint (", "if a { sql } ",
    "x ^",
    "print a +\n\n"
  ])
  func readsOn(text: String) { #expect(Parser.isIncomplete(text)) }

  @Test(arguments: [
    "", "\n", "print a", "print (a)", "for x in L { print x }", "print a)", "print (]", "# (", "print \"(\"", "X'",
    "sql SELECT (",
    "print a; sql SELECT 'x' +", "loss", "print @ ☃ (", "print \"a\\d", "if a { }", "print \"#\"", "let x = 3\n"
  ])
  func isWhole(text: String) { #expect(!Parser.isIncomplete(text)) }
}
