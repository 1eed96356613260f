/// How much of a data set's files is read at once.
public enum DatasetReading: Sendable {
  /// All of it: what is damaged is an error.
  case everything
  /// What says how many images there are, of which shape and classes; the images when they are first looked at, and black ones where they
  /// cannot be read: that is for a check, which rarely looks.
  case outline
}
