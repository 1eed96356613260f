import TestSupport
import Testing

/// What a stranger's script, name or note holds is shown, and does not steer the terminal.
@Suite struct EscapeTests {
  private static let title = "\u{1B}]0;PWN\u{7}"

  @Test func noneReachesTheTerminal() throws {
    let home = try TemporaryFolder()
    let script = """
      data shapes train=64 test=16; use quick dim=8 epochs=1; encoder mlp 8; batch 16; loss -Za . sg(Zb)
      val t = "\(Self.title)"
      train 2 steps as "a\(Self.title)"
      print t, "\(Self.title)"; show t
      note 1 "\(Self.title)"; history 1; history
      branch k; watch loss < 9 stop "\(Self.title)"; train 1 steps; undo; back k
      rerun 1 as "b\(Self.title)"; compare 1 2; lineage 2
      save "x\(Self.title).safetensors"; history > "x\(Self.title).csv"
      print missing\(Self.title)
      """
    let path = try home.write(script, to: "strange.siam")
    for arguments in [["run", path, "--allow-write"], ["check", path], ["test", path]] {
      let terminal = try PseudoTerminal(arguments, home: home)
      let status = try terminal.waitForEnd()
      #expect((0...2).contains(status))
      #expect(!terminal.transcript.contains("\u{1B}]") && !terminal.transcript.contains("\u{7}"), Comment(rawValue: terminal.transcript))
    }
    // A program that reads a pipe gets a text as it is.
    let piped = try SiamProcess.run(["-e", "val t = \"\(Self.title)\"; print t"], home: home)
    #expect(piped.output == Self.title + "\n")
  }
}
