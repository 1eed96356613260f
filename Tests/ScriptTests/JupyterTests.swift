import TestSupport
import Testing

/// The kernel's Python half, as far as it needs no Jupyter: `scripts/check-jupyter` does the rest.
struct JupyterTests {
  @Test func theClientAndItsMessages() throws {
    let test = try ScriptProcess("jupyter/test", home: TemporaryFolder())
    #expect(test.status == 0, "\(test.errors)")
    #expect(test.errors.contains("OK"))
  }
}
