/// What a drawing on a page may be made of.
enum SVGVocabulary {
  static let elements: Set<String> = [
    "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "image", "clipPath", "mask",
    "marker", "pattern", "linearGradient", "radialGradient", "stop"
  ]

  static let attributes: Set<String> = [
    "id", "href", "transform", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "fx", "fy", "width", "height",
    "viewBox", "preserveAspectRatio", "points", "rotate", "offset", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width",
    "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "opacity",
    "clip-path", "clip-rule", "mask", "stop-color", "stop-opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor",
    "dominant-baseline", "alignment-baseline", "baseline-shift", "text-decoration", "letter-spacing", "xml:space", "image-rendering",
    "shape-rendering", "clipPathUnits", "gradientUnits", "gradientTransform", "patternUnits", "patternTransform", "markerWidth",
    "markerHeight", "markerUnits", "orient", "refX", "refY", "marker-start", "marker-mid", "marker-end", "visibility", "display"
  ]

  /// The colours of a page rather than of a drawing, with what they are where no page says.
  static let shades = ["black": "var(--ink, black)", "white": "var(--paper, white)", "gray": "var(--grid, gray)", "grey": "var(--grid, gray)"]

  /// Whether an address is a picture of dots, written out.
  static func isHeldPicture(_ address: String) -> Bool {
    ["png", "jpeg", "gif"].contains { address.hasPrefix("data:image/\($0);base64,") }
  }
}
