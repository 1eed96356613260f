/// The version of this program, as `--version`, the greeting and the history give it.
public enum SiamVersion {
  public static let text = "0.1"
}
