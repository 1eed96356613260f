/// What help says on one thing, before it is known how wide the window is.
public struct HelpPage: Sendable, Equatable {
  public enum Block: Sendable, Equatable {
    /// The forms of a statement or the call of a function, one a line.
    case signature([String])
    case paragraph(String)
    case heading(String)
    /// Names and what they are, in two columns where they fit.
    case terms([Term])
    /// What can be typed, with what it prints where that is known.
    case examples([Example])
    /// Where the paper has it.
    case place(String)
  }

  public struct Term: Sendable, Equatable {
    public let name: String
    public let text: String

    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  public struct Example: Sendable, Equatable {
    public let input: String
    public let output: String?

    public init(_ input: String, prints output: String? = nil) {
      self.input = input
      self.output = output
    }
  }

  public var blocks: [Block]

  public init(_ blocks: [Block]) { self.blocks = blocks }

  /// Both, one under the other: `std` is a metric and a function.
  func followed(by other: HelpPage) -> HelpPage { HelpPage(blocks + other.blocks) }
}
