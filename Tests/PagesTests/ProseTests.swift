import Pages
import TestSupport
import Testing

@Suite struct ProseTests {
  /// From CommonMark 0.31's and GitHub's own examples, where there are any.
  @Test(arguments: [
    ("# One\n## Two ##\n###### Six\n####### no\n#no", "<h1>One</h1>\n<h2>Two</h2>\n<h6>Six</h6>\n<p>####### no\n#no</p>"),
    ("Title\n===\nOther\n---\n", "<h1>Title</h1>\n<h2>Other</h2>"), ("one\n two\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"),
    ("a  \nb\\\nc", "<p>a<br/>b<br/>c</p>"), ("---\n* * *", "<hr/>\n<hr/>"),
    (
      "```siam\nlet x = 1\n```",
      "<pre class=\"code\"><code><span class=\"s-keyword\">let</span> x <span class=\"s-sign\">=</span> <span class=\"s-number\">1</span></code></pre>"
    ),
    ("~~~\na\n\n  b\n~~~~", "<pre>a\n\n  b</pre>"), ("```\nopen", "<pre>open</pre>"), ("    a\n\n      b", "<pre>a\n\n  b</pre>"),
    ("> a\nb\n> > c\n\nd", "<blockquote><p>a\nb</p>\n<blockquote><p>c</p></blockquote></blockquote>\n<p>d</p>"),
    ("- a\n- b\n  c", "<ul><li>a</li>\n<li>b\nc</li></ul>"), ("1. a\n\n2. b", "<ol><li><p>a</p></li>\n<li><p>b</p></li></ol>"),
    ("3) a\n   - b\n     1. c", "<ol start=\"3\"><li>a\n<ul><li>b\n<ol><li>c</li></ol></li></ul></li></ol>"),
    ("- a\n\n  b\n* c", "<ul><li><p>a</p>\n<p>b</p></li></ul>\n<ul><li>c</li></ul>"), ("a\n2. b", "<p>a\n2. b</p>"), ("-Za . Zb", "<p>-Za . Zb</p>"),
    (
      "| a | b |\n|---|--:|\n| 1 | 2\\|3 |\n| x |",
      """
      <div class="scroll" style="overflow-x:auto"><table><thead><tr><th scope="col" style="text-align:left">a</th>\
      <th scope="col" style="text-align:right">b</th></tr></thead><tbody><tr><td style="text-align:left">1</td>\
      <td style="text-align:right">2|3</td></tr>
      <tr><td style="text-align:left">x</td><td style="text-align:right"></td></tr></tbody></table></div>
      """
    ),
    (
      "a | b\n--- | ---\n\nc | d",
      """
      <div class="scroll" style="overflow-x:auto"><table><thead><tr><th scope="col" style="text-align:left">a</th>\
      <th scope="col" style="text-align:left">b</th></tr></thead><tbody></tbody></table></div>
      <p>c | d</p>
      """
    )
  ])
  func blocks(markdown: String, html: String) { #expect(Prose.html(markdown) == html) }

  @Test(arguments: [
    ("*a* _b_ **c** __d__ ***e***", "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em>"),
    ("*a **b** c*", "<em>a <strong>b</strong> c</em>"), ("**a *b***", "<strong>a <em>b</em></strong>"), ("a_b_c 2*3*4", "a_b_c 2<em>3</em>4"),
    ("a * b* **c", "a * b* **c"), ("*foo**bar*", "<em>foo**bar</em>"), ("~~a~~ ~b~", "<del>a</del> ~b~"), ("*a", "*a"), ("\\*a\\* \\q", "*a* \\q"),
    ("`a*b*` ``c`d`` `` ` `` `e", "<code>a*b*</code> <code>c`d</code> <code>`</code> `e"),
    ("$a_1 + b_2$ costs $5 and $6", "<span class=\"math\">a_1 + b_2</span> costs $5 and $6"),
    ("$$\\tau < 1$$", "<span class=\"math displayed\">\\tau &lt; 1</span>"),
    ("[a *b*](https://x.y/z \"t\")", "<a href=\"https://x.y/z\" rel=\"noopener noreferrer\">a <em>b</em></a>"),
    ("[a](table2.siam#x)", "<a href=\"table2.siam#x\" rel=\"noopener noreferrer\">a</a>"), ("[a](<b c>)", "a"), ("[a] (b) [c", "[a] (b) [c"),
    ("[a](x(y)z)", "<a href=\"x(y)z\" rel=\"noopener noreferrer\">a</a>"),
    ("[a [b](c) d](e)", "[a <a href=\"c\" rel=\"noopener noreferrer\">b</a> d](e)"),
    (
      "<https://x.y> https://x.y/(z).",
      """
      <a href="https://x.y" rel="noopener noreferrer">https://x.y</a> <a href="https://x.y/(z)" rel="noopener noreferrer">https://x.y/(z)</a>.
      """
    ),
    ("![plot](plot.png)", "<a href=\"plot.png\" rel=\"noopener noreferrer\">plot</a>"),
    ("![p](data:image/png;base64,AA==)", "<img alt=\"p\" src=\"data:image/png;base64,AA==\"/>"),
    ("&lt;b&gt; &amp;lt; &x; &#65;", "&lt;b&gt; &amp;lt; &amp;x; A")
  ])
  func inlines(markdown: String, html: String) { #expect(Prose.html(markdown) == "<p>\(html)</p>") }

  /// Nothing in the prose becomes markup, and no address runs anything.
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a <b onclick='x'>c</b> <!-- d -->", "a &lt;b onclick=&#39;x&#39;&gt;c&lt;/b&gt; &lt;!-- d --&gt;"),
    ("[a](javascript:alert(1))", "a"), ("[a](JavaScript&colon;x)", "<a href=\"JavaScript&amp;colon;x\" rel=\"noopener noreferrer\">a</a>"),
    ("[a](javascript&#58;alert(1))", "a"), ("[a](java&#10;script:x)", "a"), ("[a](&#1;javascript:x)", "a"),
    ("[a](vbscript:x) [b](data:text/html,x)", "a b"),
    ("<javascript:alert(1)>", "&lt;javascript:alert(1)&gt;"), ("![a](javascript:x)", "a"), ("![a](data:image/svg+xml;base64,AA)", "a"),
    ("[a](x\"onmouseover=\"y)", "<a href=\"x&quot;onmouseover=&quot;y\" rel=\"noopener noreferrer\">a</a>"),
    ("[\"><i>](x)", "<a href=\"x\" rel=\"noopener noreferrer\">&quot;&gt;&lt;i&gt;</a>"), ("`</code><b>`", "<code>&lt;/code&gt;&lt;b&gt;</code>"),
    ("$</span><b>$", "<span class=\"math\">&lt;/span&gt;&lt;b&gt;</span>"), ("a\u{202E}b", "a&lt;U+202E&gt;b")
  ])
  func hostile(markdown: String, html: String) { #expect(Prose.html(markdown) == "<p>\(html)</p>") }

  /// What is written again is read again as the same, and by then without HTML.
  @Test(arguments: [
    "# A *b*\n\ntext  \nbroken `c` $d_e$\n\n- a\n- b\n\n  1. c\n  2. d\n\n> e\n> \n> ```\n> f\n> ```",
    "a\n\n---\n\n| x | y |\n|--:|:-:|\n| 1\\|2 | `3` |",
    "1\\. no list\n\\# no heading\n\\- no item\n\\> no quote", "[a](https://x.y/z?a=b&c=d) <https://x.y> https://x.y ![b](c.png)",
    "a_b * c ~ d [e] | f & g \\ h",
    "````\n```\n````", "***a** b*", "a *b* - c\nd `e` 1. f", "- a\n\n      code\n- b", "2) a\n3) b"
  ])
  func writtenAgain(markdown: String) {
    #expect(Prose.html(Prose.markdown(markdown)) == Prose.html(markdown))
  }

  @Test func htmlInMarkdown() {
    #expect(Prose.markdown("a <script>x</script> & `<b>`") == "a \\<script>x\\</script> \\& `<b>`")
    #expect(Prose.markdown("[a](javascript:x)") == "a")
    #expect(Prose.markdown("$</span><i>$ $a < b$") == "$< /span>< i>$ $a < b$")
  }

  /// Whatever stands in the prose, the page is well-formed, and no part of it is more than Markdown makes.
  @Test func random() {
    var random = SplitMix64(state: 20)
    let parts = [
      "a", " ", "\n", "\n\n", "*", "**", "_", "`", "```\n", "~~", "[", "](", ")", "!", "<b>", "</p>", "<!--", "]]>", "&", "&lt;", "\"", "'", "\\",
      "|", "\n|-|-|\n",
      "# ", "- ", "1. ", "> ", "    ", "$", "$$", "https://x.y", "javascript:x", "(", "é", "\u{202E}", "\t", "---\n", "===\n"
    ]
    for _ in 0..<600 {
      let text = (0..<random.integer(1...24)).map { _ in random.pick(parts) }.joined()
      let html = Prose.html(text)
      #expect(PageChecker.problem(in: html) == nil, Comment(rawValue: "\(text.debugDescription): \(html)"))
      #expect(!html.contains("href=\"javascript"))
      let again = Prose.html(Prose.markdown(text))
      #expect(PageChecker.problem(in: again) == nil)
    }
  }

  /// Long and deep texts take no longer than they are long, and no stack.
  @Test(arguments: [
    "*a ", "_a*", "[", "![a](", "`a``", "$a ", "> ", "- ", "<a", "&", "]", "[a](b)", "[a](b \"", "**a _b ", "[a](b ", "|-", "\\", "https://", "(",
    "1. "
  ])
  func long(part: String) {
    let text = String(repeating: part, count: 20_000)
    #expect(!Prose.html(text).isEmpty)
    #expect(!Prose.markdown(String(repeating: part + "\n", count: 2_000)).isEmpty)
  }
}
