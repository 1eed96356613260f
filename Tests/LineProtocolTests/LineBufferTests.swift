import LineProtocol
import Testing

struct LineBufferTests {
  private func whole(_ text: String) -> LineBuffer.Line { .whole(Array(text.utf8)) }

  @Test func linesInPieces() {
    var buffer = LineBuffer()
    #expect(buffer.append(Array("ab".utf8)) == [])
    #expect(buffer.append(Array("c\n\nd\ne".utf8)) == [whole("abc"), whole(""), whole("d")])
    #expect(buffer.finish() == whole("e"))
    #expect(buffer.finish() == nil)
  }

  @Test func aLineBehindTheLimitIsPassedOver() {
    var buffer = LineBuffer(limit: 4)
    #expect(buffer.append(Array("abcd\nabcde\nx\n".utf8)) == [whole("abcd"), .tooLong(limit: 4), whole("x")])
    #expect(buffer.append(Array("abc".utf8)) == [])
    #expect(buffer.append(Array("de".utf8)) == [])
    #expect(buffer.append(Array("fghijkl".utf8)) == [])
    #expect(buffer.append(Array("m\ny\n".utf8)) == [.tooLong(limit: 4), whole("y")])
    #expect(buffer.append(Array("12345".utf8)) == [])
    #expect(buffer.finish() == .tooLong(limit: 4))
  }
}
