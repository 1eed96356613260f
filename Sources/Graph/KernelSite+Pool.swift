import Kernels

extension KernelSite {
  /// The pool that `scratchCount`, which is not told of any, has made room for: the site's own unless that has more threads than
  /// the shared one.
  var poolOfScratch: ThreadPool { pool.threadCount <= ThreadPool.shared.threadCount ? pool : .shared }
}
