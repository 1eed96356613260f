extension WinogradConvolution {
  /// Floats of transformed tiles that all threads work on together: what the third cache holds beside the sums.
  private static let sharedFloats = 1 << 20

  private var sharedChunk: Int { max(128, Self.sharedFloats / (36 * (geometry.inputChannels + geometry.outputChannels))) }
  private var sharedInput: WinogradTiles {
    WinogradTiles(height: geometry.height, width: geometry.width, channels: geometry.inputChannels, chunk: sharedChunk)
  }
  private var sharedOutput: WinogradTiles {
    WinogradTiles(height: geometry.height, width: geometry.width, channels: geometry.outputChannels, chunk: sharedChunk)
  }

  func weightGradientScratch(threads: Int) -> Int {
    weights.count + threads * WinogradWorkspace.count(channels: mostChannels) + sharedInput.transformedCount + sharedOutput.transformedCount
  }

  /// ∂L/∂w; as `Convolution` has it.
  ///
  /// The threads share out the tiles to transform them, and then the 36 points to sum them: so there is one array of sums, which
  /// for 512 channels is as large as a cache.
  func weightGradient(
    gradient: UnsafePointer<Float>, input images: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let (g, source, other, sums) = (geometry, sharedInput, sharedOutput, weights)
    let workspaces = scratch + sums.count
    let workspaceCount = WinogradWorkspace.count(channels: mostChannels)
    let inputs = workspaces + pool.threadCount * workspaceCount
    let gradients = inputs + source.transformedCount
    let tiles = g.images * source.perImage
    for first in stride(from: 0, to: tiles, by: sharedChunk) {
      let count = min(sharedChunk, tiles - first)
      pool.split(count) { part, slots in
        let workspace = WinogradWorkspace(workspaces + part * workspaceCount, channels: mostChannels)
        for slot in slots {
          source.transformInput(first + slot, of: images, slot: slot, into: inputs, workspace)
          other.transformOutputAdjoint(first + slot, of: gradient, slot: slot, into: gradients, workspace)
        }
      }
      pool.split(36) { _, points in
        for point in points {
          for panel in sums.panels {
            let product = PanelProduct(
              depth: count, depthStride: g.inputChannels, rowStride: 1, panelStride: g.outputChannels, resultStride: g.outputChannels,
              isAdding: first > 0)
            product.run(
              rows: g.inputChannels, width: panel.width, inputs + point * source.pointStride,
              gradients + point * other.pointStride + panel.first,
              into: scratch + point * sums.pointStride + panel.first)
          }
        }
      }
    }
    sums.transformBack(scratch, into: result, workspaces, pool: pool)
  }
}
