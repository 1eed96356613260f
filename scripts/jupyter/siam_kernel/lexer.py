"""Siam's colours in what Pygments highlights: exported notebooks, Sphinx, LaTeX."""

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

NAME = r"[^\W\d]\w*"


class SiamLexer(RegexLexer):
    """A statement begins with its keyword, whatever that is: the lexer has no list of them that could grow old."""

    name = "Siam"
    aliases = ["siam"]
    filenames = ["*.siam"]
    mimetypes = ["text/x-siam"]

    tokens = {
        "root": [
            (r"[ \t]*[;{}]?[ \t\n]*\n", Whitespace),
            (r"#>.*", Generic.Output),
            (r"#.*", Comment.Single),
            (r"[ \t]+", Whitespace),
            (rf"({NAME})(?=[ \t]*(?:$|[;}}\n]|[ \t][^ \t=.*/+@^-]|[ \t]-\S))", Keyword, "statement"),
            (r"(?=\S)", Text, "statement"),
        ],
        "statement": [
            (r"\n", Whitespace, "#pop"),
            (r"[;{}]", Punctuation, "#pop"),
            (r"#>.*", Generic.Output),
            (r"#.*", Comment.Single),
            (r'"(?:\\.|[^"\\])*"?', String),
            (r"\d+(?:\.\d+)?(?:e[+-]?\d+)?", Number),
            (r"\b(?:and|or|not|in)\b", Operator.Word),
            (r"\b(?:true|false|nan|inf)\b", Keyword.Constant),
            (rf"({NAME})(\()", bygroups(Name.Function, Punctuation)),
            (rf"({NAME})(=)(?!=)", bygroups(Name.Attribute, Operator)),
            (NAME, Name),
            (r"\\\w*", String.Escape),
            (r"[\[\](),:]", Punctuation),
            (r"[ \t]+", Whitespace),
            (r"[-+*/@^.·<>=!'|~%&$?]", Operator),
            (r".", Text),
        ],
    }
