/// Colours that are told apart by most eyes (after Okabe and Ito), on light paper and dark terminals.
enum SeriesColor {
  static let pixels: [Picture.Pixel] = [
    .init(0x00, 0x72, 0xB2), .init(0xD5, 0x5E, 0x00), .init(0x00, 0x9E, 0x73), .init(0xCC, 0x79, 0xA7), .init(0xE6, 0x9F, 0x00),
    .init(0x56, 0xB4, 0xE9), .init(0x8C, 0x51, 0x0A), .init(0x77, 0x77, 0x77), .init(0x6A, 0x3D, 0x9A), .init(0xB5, 0xBD, 0x00)
  ]
  static func pixel(_ index: Int) -> Picture.Pixel { pixels[index % pixels.count] }
}

/// Numbers as colours.
enum ColorMap {
  /// From dark blue over green to yellow (viridis); of signed numbers from blue over white to red.
  static func pixel(_ share: Double, isSigned: Bool) -> Picture.Pixel {
    let stops = isSigned ? signedStops : plainStops
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    let rest = place - Double(index)
    func mix(_ channel: KeyPath<Picture.Pixel, UInt8>) -> UInt8 {
      UInt8((Double(stops[index][keyPath: channel]) * (1 - rest) + Double(stops[index + 1][keyPath: channel]) * rest).rounded())
    }
    return Picture.Pixel(mix(\.red), mix(\.green), mix(\.blue))
  }

  static let plainStops: [Picture.Pixel] = [
    .init(0x44, 0x01, 0x54), .init(0x3B, 0x52, 0x8B), .init(0x21, 0x91, 0x8C), .init(0x5E, 0xC9, 0x62), .init(0xFD, 0xE7, 0x25)
  ]
  static let signedStops: [Picture.Pixel] = [.init(0x21, 0x66, 0xAC), .init(0xF7, 0xF7, 0xF7), .init(0xB2, 0x18, 0x2B)]
}

extension Picture.Pixel {
  /// `#0072b2`
  var hex: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
