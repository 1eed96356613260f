/// A weight [O, C, k, k] as register tiles read it: panel by panel, in each the numbers of one step of the sum side by side.
struct PackedWeight {
  let geometry: ConvolutionGeometry
  let panels: [Panel]

  /// Panels of output channels: [a, b, c, panel width] each.
  func packForward(_ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, pool: ThreadPool) {
    let g = geometry
    pool.split(g.taps, minimumPart: smallestPart) { _, taps in
      for panel in panels {
        for tap in taps {
          let target = packed + panel.first * g.depth + tap * g.inputChannels * panel.width
          for c in 0..<g.inputChannels {
            let source = weight + (panel.first * g.inputChannels + c) * g.taps + tap
            for lane in 0..<panel.width { target[c * panel.width + lane] = source[lane * g.depth] }
          }
        }
      }
    }
  }

  /// For each phase, panels of input channels: [s, t, o, panel width] each, s and t from the last tap to the first.
  func packPhases(
    _ phases: [StridePhase], _ weight: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let g = geometry
    pool.split(g.outputChannels, minimumPart: max(1, smallestPart * g.outputChannels / g.taps)) { _, outputs in
      var target = packed
      for phase in phases {
        let taps = phase.tapRows * phase.tapColumns
        for panel in panels {
          for s in 0..<phase.tapRows {
            for t in 0..<phase.tapColumns {
              let tap = (phase.row + g.stride * (phase.tapRows - 1 - s)) * g.side + phase.column + g.stride * (phase.tapColumns - 1 - t)
              let step = target + panel.first * taps * g.outputChannels + (s * phase.tapColumns + t) * g.outputChannels * panel.width
              for o in outputs {
                let source = weight + (o * g.inputChannels + panel.first) * g.taps + tap
                for lane in 0..<panel.width { step[o * panel.width + lane] = source[lane * g.taps] }
              }
            }
          }
        }
        target += taps * g.outputChannels * g.inputChannels
      }
    }
  }

  /// In taps.
  private var smallestPart: Int { max(1, (1 << 14) / max(1, geometry.inputChannels * geometry.outputChannels)) }
}
