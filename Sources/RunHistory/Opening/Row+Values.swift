import GRDB

/// A subscript of a row traps on a value of another type. Others write this file too, so every value is asked for with these.
extension Row {
  /// - throws: `RowDecodingError` where the value is not of the type.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: Int) throws -> Value {
    try decode(Value.self, atIndex: column)
  }

  /// - throws: `RowDecodingError` where the value is not of the type.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(_ column: String) throws -> Value {
    try decode(Value.self, forColumn: column)
  }
}
