/// The data sets that `data` knows, by the word that chooses them.
public enum DatasetKind: String, CaseIterable, Hashable, Sendable {
  /// Krizhevsky's CIFAR-10 and CIFAR-100, binary version.
  case cifar10, cifar100
  /// MNIST's format, gzipped or not.
  case idx
  /// PNG and JPEG files in a folder for each class.
  case folder
  /// Generated, see `ShapeGenerator`; needs no file.
  case shapes
  /// Fashion-MNIST (Xiao et al., 2017): IDX files of that name.
  case fashion

  /// The usual names of its folder, in the order in which they are tried.
  var folderNames: [String] {
    switch self {
    case .cifar10: ["cifar10", "cifar-10-batches-bin", "cifar10-batches-bin", "cifar-10", "cifar10-sample"]
    case .cifar100: ["cifar100", "cifar-100-binary", "cifar100-binary", "cifar-100", "cifar100-sample"]
    case .idx: ["idx", "mnist", "MNIST", "MNIST/raw"]
    case .fashion: ["fashion-mnist", "fashion", "FashionMNIST", "FashionMNIST/raw"]
    case .folder, .shapes: []
    }
  }

  /// Whether its files tell it from every other kind. MNIST and Fashion-MNIST have the same file names, so `fashion` is only
  /// believed of a folder that is called so, or that the user names.
  var isToldByItsFiles: Bool { self != .fashion }

  /// One of these in a folder says that the data set is there.
  var markers: [String] {
    switch self {
    case .cifar10: ["data_batch_1.bin"]
    case .cifar100: ["train.bin"]
    case .idx, .fashion: IDXReader.fileNames(.train, .images)
    case .folder, .shapes: []
    }
  }

  /// A file of CIFAR's Python version, which is often downloaded in place of the binary one.
  var pythonMarker: String? {
    switch self {
    case .cifar10: "data_batch_1"
    case .cifar100: "train"
    case .idx, .fashion, .folder, .shapes: nil
    }
  }

  /// A.1's constants where the paper gives them; nil: measured.
  var normalization: Normalization? {
    switch self {
    case .cifar10, .cifar100: .paper
    case .idx, .fashion, .folder, .shapes: nil
    }
  }

  /// How to get it, as a sentence.
  var source: String {
    switch self {
    case .cifar10:
      "get cifar-10-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it, and name its folder: data cifar10 \"DIR\""
    case .cifar100:
      "`scripts/fetch-cifar100` brings it; or get cifar-100-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it, "
        + "and name its folder: data cifar100 \"DIR\""
    case .idx: "name the folder of train-images-idx3-ubyte and its three companions (gzipped or not): data idx \"DIR\""
    case .folder: "name the folder that has a sub-folder of PNG or JPEG files for each class: data folder \"DIR\" size=32"
    case .fashion: "on Debian: apt install dataset-fashion-mnist"
    case .shapes: "`data shapes` is built in"
    }
  }
}
