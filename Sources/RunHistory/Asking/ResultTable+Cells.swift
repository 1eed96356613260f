import GRDB
import Tables

extension ResultTable.Cell {
  /// A value of SQLite. A blob is shown as SQL writes it, `x'00ff'`.
  init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .missing
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .number(number)
    case .string(let text): self = .text(text)
    case .blob(let bytes): self = .text("x'" + bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "'")
    }
  }
}
