extension ImageDataset {
  /// The images and labels, in memory.
  public var memoryBytes: Int { train.memoryBytes + test.memoryBytes }
}

extension ImageSplit {
  fileprivate var memoryBytes: Int { count * shape.valueCount + count * MemoryLayout<Int32>.stride }
}
