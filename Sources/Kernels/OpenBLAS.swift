import COpenBLAS
import Glibc

/// The linear-algebra library as Siam sets it up: on one thread, as `ThreadPool` splits the work around it.
///
/// Which processor's kernels it runs is its own choice, or that of `OPENBLAS_CORETYPE`; it matters (Zen 5, 512³ sgemm, one core:
/// 127 GFLOP/s with Haswell's, 246 with Cooperlake's), so `summary` names it.
public enum OpenBLAS {
  /// Sets OpenBLAS up, once. Every `ThreadPool` calls it, so it has happened before the first product.
  public static func prepare() { _ = preparation }

  /// `OpenBLAS 0.3.21 Haswell`: the version, and whose kernels it runs. What a run records.
  public static var summary: String {
    let version = String(cString: openblas_get_config()).split(separator: " ").prefix(2).joined(separator: " ")
    return "\(version) \(String(cString: openblas_get_corename()))"
  }

  private static let preparation: Void = {
    openblas_set_num_threads(1)
    stopThreads()
  }()

  /// Ends the threads that the library has made as it was loaded: they wait for work by asking for it over and over, on a processor that something
  /// else could use, for a tenth of a second from the start (0.1 s of processor time, by `perf`). It is what the library does itself before a `fork`.
  private static func stopThreads() {
    // Not in every build of it, and declared in no header.
    guard let symbol = dlsym(nil, "blas_thread_shutdown_") else { return }
    typealias Shutdown = @convention(c) () -> Int32
    _ = unsafeBitCast(symbol, to: Shutdown.self)()
  }
}
