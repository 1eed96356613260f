import Datasets
import Foundation
import Testing

struct DatasetSearchTests {
  @Test func looksAtTheVariablesInOrder() {
    func roots(_ environment: [String: String]) -> [String] { DatasetSearch(environment: environment, home: "/home/x").roots }
    #expect(roots([:]) == ["/home/x/.local/share/siam/data", "/usr/share/datasets"])
    #expect(roots(["SIAM_DATA": "/d", "SIAM_HOME": "/s"]) == ["/d", "/s/data", "/usr/share/datasets"])
    #expect(roots(["XDG_DATA_HOME": "/xdg", "SIAM_DATA": ""]) == ["/xdg/siam/data", "/usr/share/datasets"])
  }

  @Test func findsTheRootItselfAndTheUsualFolders() throws {
    for name in [".", "cifar10", "cifar-10-batches-bin", "cifar10-sample"] {
      let folder = try TemporaryFolder()
      try folder.writeCIFAR10(in: name)
      let search = DatasetSearch(roots: ["/nowhere", folder.path])
      #expect(try DatasetRequest(kind: .cifar10).load(search: search).train.count == 100, "\(name)")
      #expect(try DatasetRequest(kind: .cifar10, directory: folder.path).load(search: search).train.count == 100, "\(name)")
    }
  }

  @Test func findsCIFAR100InTheUsualFolders() throws {
    for name in [".", "cifar100", "cifar-100-binary", "cifar100-binary", "cifar-100"] {
      let folder = try TemporaryFolder()
      try folder.writeCIFAR100(in: name)
      let search = DatasetSearch(environment: ["SIAM_HOME": "/nowhere", "SIAM_DATA": folder.path])
      #expect(try DatasetRequest(kind: .cifar100).load(search: search).train.count == 200, "\(name)")
    }
  }

  /// In one folder with a sample, all of CIFAR-10 is what is found.
  @Test func prefersTheWholeToASample() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10(in: "cifar10-sample")
    try folder.writeCIFAR10(in: "cifar-10-batches-bin", perBatch: 30)
    #expect(try DatasetRequest(kind: .cifar10).load(search: DatasetSearch(roots: [folder.path])).train.count == 150)
  }

  /// MNIST has files of the same names: only the folder's name, or the user, can say that it is Fashion-MNIST.
  @Test func believesFashionOfItsOwnFolderOnly() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX()
    #expect(throws: DatasetError.missing(.fashion, searched: [folder.path])) {
      try DatasetRequest(kind: .fashion).load(search: DatasetSearch(roots: [folder.path]))
    }
    try folder.writeIDX(in: "fashion-mnist", train: 12)
    for root in [folder.path, folder.path + "/fashion-mnist"] {
      #expect(try DatasetRequest(kind: .fashion).load(search: DatasetSearch(roots: [root])).train.count == 12)
    }
    #expect(try DatasetRequest(kind: .idx).load(search: DatasetSearch(roots: [folder.path])).train.count == 30)
  }

  @Test func aMissSaysWhereItLookedAndHowToGetIt() throws {
    let search = DatasetSearch(roots: ["/nowhere/a", "/nowhere/b"])
    let error = #expect(throws: DatasetError.self) { try DatasetRequest(kind: .fashion).load(search: search) }
    #expect(error?.message == "no fashion data in \"/nowhere/a\" or \"/nowhere/b\"")
    #expect(error?.hint == "on Debian: apt install dataset-fashion-mnist")
    let request = DatasetRequest(kind: .cifar100, directory: "/nowhere/c")
    let named = #expect(throws: DatasetError.self) { try request.load(search: search) }
    #expect(named?.message == "no cifar100 data in \"/nowhere/c\"")
    #expect(named?.hint?.hasPrefix("`scripts/fetch-cifar100` brings it; or get cifar-100-binary.tar.gz from https://www.cs.toronto.edu") == true)
  }

  @Test func refusesFoldersThatAreNone() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", [1])
    let error = #expect(throws: DatasetError.self) { try DatasetRequest(kind: .idx, directory: folder.path + "/file").load() }
    #expect(error?.message == "\"\(folder.path)/file\" is not a folder")
    for path in ["", "\0", "/tmp/a\0b", "~nobody", String(repeating: "x/", count: 5000), "e\u{301}\u{fffd}"] {
      #expect(throws: DatasetError.missing(.idx, searched: [path])) { try DatasetRequest(kind: .idx, directory: path).load() }
    }
  }

  @Test func expandsTheTilde() throws {
    let folder = try TemporaryFolder()
    try folder.writeIDX(in: "mine")
    let search = DatasetSearch(roots: [], home: folder.path)
    #expect(try DatasetRequest(kind: .idx, directory: "~/mine").load(search: search).test.count == 20)
  }

  @Test func takesTheFirstThatIsThere() throws {
    let folder = try TemporaryFolder()
    let search = DatasetSearch(roots: [folder.path])
    let requests = [DatasetKind.cifar10, .idx, .shapes].map { DatasetRequest(kind: $0, train: 10, test: 10) }
    #expect(try DatasetRequest.loadFirst(of: requests, search: search).name == "shapes")
    try folder.writeIDX()
    #expect(try DatasetRequest.loadFirst(of: requests, search: search).name == "idx")
    let error = #expect(throws: DatasetError.self) {
      try DatasetRequest.loadFirst(of: [DatasetRequest(kind: .cifar10), DatasetRequest(kind: .cifar100)], search: search)
    }
    #expect(error?.message == "none of cifar10 and cifar100 is there")
    #expect(error?.hint?.hasPrefix("`data shapes` needs no file; get cifar-10-binary.tar.gz") == true)
  }

  /// A damaged data set is not passed over in silence.
  @Test func stopsAtDamage() throws {
    let folder = try TemporaryFolder()
    try folder.writeCIFAR10()
    try folder.write("data_batch_5.bin", [1, 2, 3])
    #expect(throws: DatasetError.truncated(path: folder.path + "/data_batch_5.bin", expected: 3073, found: 3)) {
      try DatasetRequest.loadFirst(
        of: [DatasetRequest(kind: .cifar10), DatasetRequest(kind: .shapes)], search: DatasetSearch(roots: [folder.path]))
    }
  }
}
