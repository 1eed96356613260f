/// What a reader or a generator makes, before it becomes an `ImageDataset`.
struct DatasetContents {
  var directory: String?
  var classNames: [String]
  var train: ImageSplit
  var test: ImageSplit

  /// What the options of `request` leave: the first images of the first classes.
  func restricted(to request: DatasetRequest) throws(DatasetError) -> DatasetContents {
    let classes = request.classes ?? classNames.count
    try check("classes", classes, in: 2...max(2, classNames.count), request, "\(classNames.count) classes")
    let note = classes < classNames.count ? " of the first \(classes) classes" : ""
    let kept = classes < classNames.count ? classes : nil
    let (trainLeft, testLeft) = (train.count(ofClasses: kept), test.count(ofClasses: kept))
    guard trainLeft > 0, testLeft > 0 else {
      throw .noImages(request.kind, classes: classes, place: directory)
    }
    try check("train", request.train ?? trainLeft, in: 1...trainLeft, request, "\(trainLeft) training images\(note)")
    try check("test", request.test ?? testLeft, in: 1...testLeft, request, "\(testLeft) test images\(note)")
    return DatasetContents(
      directory: directory, classNames: Array(classNames.prefix(classes)),
      train: train.prefix(request.train ?? trainLeft, classCount: kept),
      test: test.prefix(request.test ?? testLeft, classCount: kept))
  }

  private func check(
    _ option: String, _ value: Int, in allowed: ClosedRange<Int>, _ request: DatasetRequest, _ possession: String
  ) throws(DatasetError) {
    guard !allowed.contains(value) else { return }
    let place = directory.map { " in \"\($0)\"" } ?? ""
    throw .outOfRange(
      option: option, value: Double(value), allowed: Double(allowed.lowerBound)...Double(allowed.upperBound),
      because: "\(request.kind.rawValue)\(place) has \(possession)")
  }
}
