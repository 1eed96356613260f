import Foundation

/// The thread that the program runs on.
///
/// A formula is followed through its definitions level by level, and the system's 8 MiB of stack hold fewer levels than the language allows
/// (`Elaboration.deepestNesting`). The main thread only waits: signals reach whichever thread takes them.
enum DeepStack {
  /// In bytes. They are address space: memory is taken as the stack grows.
  private static let size = 256 << 20

  /// - Parameter body: ends the program. Where a process may not have that much address space, it runs on the stack there is.
  static func run(_ body: @escaping @Sendable () -> Never) -> Never {
    var attributes = pthread_attr_t()
    var thread = pthread_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, size)
    let box = Unmanaged.passRetained(Body(run: body))
    let status = pthread_create(
      &thread, &attributes,
      { body in
        guard let body else { return nil }
        Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
      }, box.toOpaque())
    guard status == 0 else { body() }
    while true { pause() }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Never
    init(run: @escaping @Sendable () -> Never) { self.run = run }
  }
}
