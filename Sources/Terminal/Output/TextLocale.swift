import Foundation

/// Which characters the terminal takes.
public enum TextLocale {
  /// Sets the locale of characters from the environment, for Readline and the progress bar. Numbers keep the plain form everywhere.
  ///
  /// Where the environment says nothing at all, as in many containers, the terminal is taken to be of this century: UTF-8.
  public static func setUp() {
    let environment = ProcessInfo.processInfo.environment
    let says = ["LC_ALL", "LC_CTYPE", "LANG"].contains { environment[$0]?.isEmpty == false }
    if setlocale(LC_CTYPE, says ? "" : "C.UTF-8") == nil { setlocale(LC_CTYPE, "C") }
  }

  public static var isUTF8: Bool {
    guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
    return String(cString: name) == "UTF-8"
  }
}
