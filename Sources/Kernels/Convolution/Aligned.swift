/// Rounds up to whole 64-byte lines, so that no two threads write to one.
func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }
