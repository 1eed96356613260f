/// "Did you mean": the names nearest to a misspelt one.
public enum NearestNames {
}
