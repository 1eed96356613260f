import Pages
import Testing

@Suite struct EmbeddedSVGTests {
  private func embedded(_ content: String) -> String? {
    let head =
      "<?xml version=\"1.0\"?>\n<svg width=\"72\" height=\"43\" viewBox=\"0 0 72 43\" onload=\"alert(1)\" xmlns=\"http://www.w3.org/2000/svg\">"
    return EmbeddedSVG(head + content + "</svg>", idPrefix: "f1-", label: "a \"plot\"")?.markup
  }

  private let start =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"72\" height=\"43\" viewBox=\"0 0 72 43\" role=\"img\" aria-label=\"a &quot;plot&quot;\" "
    + "style=\"max-width:100%;height:auto\">"

  @Test(arguments: [
    ("<rect x='1' width=\"2\"/>", "<rect x=\"1\" width=\"2\"/>"),
    // Names belong to the picture.
    ("<path id='p'/><use xlink:href='#p'/>", "<path id=\"f1-p\"/><use href=\"#f1-p\"/>"),
    ("<path fill='url(#g)' clip-path=' url( #c ) '/>", "<path fill=\"url(#f1-g)\" clip-path=\"url(#f1-c)\"/>"),
    // What runs, loads or leads elsewhere.
    ("<script>alert(1)</script><path d='M0,0' onclick='alert(1)'/>", "<path d=\"M0,0\"/>"),
    ("<script><![CDATA[ </svg> ]]></script><path/>", "<path/>"),
    ("<a href='http://x'><path/></a><foreignObject><iframe src='http://x'/></foreignObject><style>@import 'x'</style>", ""),
    ("<use href='http://x/y.svg#p'/><image href='http://x/y.png'/>", "<use/><image/>"),
    ("<image href='data:image/svg+xml;base64,AAAA'/><image href='javascript:alert(1)'/>", "<image/><image/>"),
    ("<image href='data:image/png;base64,AAAA'/>", "<image href=\"data:image/png;base64,AAAA\"/>"),
    ("<path fill='url(http://x#y)' stroke='URL(http://x)' mask='u\\72l(http://x)'/>", "<path/>"),
    ("<set attributeName='href' to='javascript:x'/><animate/>", ""), ("<svg><path/></svg>", ""),
    // Text is text.
    ("<title>Gnuplot</title><text>a &lt;b&gt; &#38; <![CDATA[<i>]]></text>", "<text>a &lt;b&gt; &amp; &lt;i&gt;</text>"),
    ("<text>a\u{202E}b</text>", "<text>a&lt;U+202E&gt;b</text>"), ("stray", ""),
    // A page may be dark.
    (
      "<g color='white' stroke='currentColor'><path stroke='black'/></g>",
      "<g color=\"var(--paper, white)\" stroke=\"currentColor\"><path stroke=\"var(--ink, black)\"/></g>"
    ),
    // Groups without content.
    ("<g fill='none'><g></g>\n</g><g id='a'><g/><path/></g><!-- </svg> -->", "<g id=\"f1-a\"><path/></g>")
  ])
  func kept(content: String, written: String) {
    #expect(embedded(content) == start + written + "</svg>")
  }

  @Test(arguments: [
    "<path", "<path>", "<path></g>", "<path d=1/>", "<path d='<'/>", "<text>&lol;</text>", "<text>&#0;</text>", "<![CDATA[", "<!--", "</svg>",
    "< path/>"
  ])
  func malformed(content: String) { #expect(embedded(content) == nil) }

  @Test func noPicture() {
    #expect(EmbeddedSVG("", label: "") == nil)
    #expect(EmbeddedSVG("<html><svg></svg></html>", label: "") == nil)
    #expect(EmbeddedSVG("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg></svg>", label: "") == nil)
  }

  /// Two pictures on one page share no names, one and the same picture keeps its own.
  @Test func prefix() throws {
    let documents = ["<svg><path id='p'/></svg>", "<svg><path id='p'/> </svg>"]
    let markups = try documents.map { try #require(EmbeddedSVG($0, label: "")).markup }
    #expect(markups[0] != markups[1])
    #expect(EmbeddedSVG(documents[0], label: "")?.markup == markups[0])
  }
}
