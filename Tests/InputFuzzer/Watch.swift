import Foundation

/// Names the input that ends the process or does not end itself, from within a signal handler, where nothing may be allocated.
enum Watch {
  /// Processor seconds that an input may take.
  static let seconds = 2
  /// Bytes of addresses that the process may use.
  static let memory: rlim_t = 2 << 30

  nonisolated(unsafe) private static var number = 0
  nonisolated(unsafe) private static let words = UnsafeMutablePointer<UInt8>.allocate(capacity: 200)
  nonisolated(unsafe) private static var wordCount = 0

  static func begin() {
    var limit = rlimit(rlim_cur: memory, rlim_max: memory)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    // A stack that has run out has no room for a handler.
    var stack = stack_t(ss_sp: malloc(1 << 16), ss_flags: 0, ss_size: 1 << 16)
    sigaltstack(&stack, nil)
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGPROF, SIGALRM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { Watch.end($0) }
      action.sa_flags = Int32(SA_ONSTACK) | Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(signal, &action, nil)
    }
  }

  /// The words that stand before the input's number.
  static func name(_ text: String) {
    let bytes = Array(text.utf8.prefix(199))
    for (place, byte) in bytes.enumerated() { words[place] = byte }
    wordCount = bytes.count
  }

  /// Gives the next input its time.
  static func expect(_ number: Int) {
    Self.number = number
    var timer = itimerval(it_interval: timeval(), it_value: timeval(tv_sec: seconds, tv_usec: 0))
    setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    // One that waits uses no processor; neither does this one while a busy machine gives it none.
    alarm(600)
  }

  private static func end(_ signal: Int32) {
    var place = wordCount
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      words[place] = UInt8(48 + number / divisor % 10)
      place += 1
      divisor /= 10
    }
    words[place] = 10
    write(2, words, place + 1)
    switch signal {
    case SIGPROF: _exit(124)
    case SIGALRM: _exit(125)
    default: _exit(70)
    }
  }
}
