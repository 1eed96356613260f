/// A primitive as the key of a dictionary.
///
/// `AnyHashable` would ask at every turn whether the type is a key in another form, which takes longer than all the rest of building a graph.
struct PrimitiveKey: Hashable {
  let primitive: any Primitive
  private let type: ObjectIdentifier
  private let hash: Int

  init<Kind: Primitive>(_ primitive: Kind) {
    self.primitive = primitive
    type = ObjectIdentifier(Kind.self)
    hash = primitive.hashValue
  }

  static func == (left: PrimitiveKey, right: PrimitiveKey) -> Bool {
    left.type == right.type && left.hash == right.hash && left.primitive.equals(right.primitive)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    hasher.combine(hash)
  }
}

extension Primitive {
  fileprivate func equals(_ other: any Primitive) -> Bool { (other as? Self) == self }
}
