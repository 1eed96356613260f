extension UnfoldedConvolution {
  /// y = x ∗ w. `input` [N, C, H, W], `weight` [O, C, k, k], `output` [N, O, H′, W′].
  func forward(
    input: UnsafePointer<Float>, weight: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    pool.split(geometry.images) { part, images in
      let workspace = workspace(scratch, part: part)
      phase.clear(workspace.phase)
      forEachTile(of: images) { tile in
        unfold(tile, of: input, in: workspace)
        var product = MatrixProduct(rows: geometry.outputChannels, columns: tile.columns, depth: geometry.depth)
        if tile.isInPlace {
          product.resultStride = geometry.pixels
          product.run(weight, workspace.unfolded, into: output + placeOfTile(tile))
        } else {
          product.run(weight, workspace.unfolded, into: workspace.gathered)
          scatter(tile, of: workspace.gathered, into: output)
        }
      }
    }
  }

  /// ∂L/∂x from `gradient` = ∂L/∂y [N, O, H′, W′] and `weight` [O, C, k, k]: the adjoint of `forward` in x.
  func inputGradient(
    gradient: UnsafePointer<Float>, weight: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    pool.split(geometry.images) { part, images in
      let workspace = workspace(scratch, part: part)
      forEachTile(of: images) { tile in
        var product = MatrixProduct(
          rows: geometry.depth, columns: tile.columns, depth: geometry.outputChannels, transposingLeft: true)
        let operand = outputMatrix(tile, of: gradient, in: workspace)
        product.rightStride = operand.stride
        product.run(weight, operand.pointer, into: workspace.unfolded)
        fold(tile, in: workspace, into: inputGradient)
      }
    }
  }

  /// ∂L/∂w from `gradient` = ∂L/∂y [N, O, H′, W′] and `input` [N, C, H, W]: the adjoint of `forward` in w. Every part of the
  /// batch sums into an accumulator of its own; these are added in the order of the parts.
  func weightGradient(
    gradient: UnsafePointer<Float>, input: UnsafePointer<Float>, into weightGradient: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    if geometry.images == 0 { return weightGradient.update(repeating: 0, count: geometry.weightCount) }
    pool.split(geometry.images) { part, images in
      let workspace = workspace(scratch, part: part)
      let accumulator = part == 0 ? weightGradient : accumulator(scratch, part: part, threads: pool.threadCount)
      var product = MatrixProduct(rows: geometry.outputChannels, columns: geometry.depth, depth: 0, transposingRight: true)
      phase.clear(workspace.phase)
      forEachTile(of: images) { tile in
        unfold(tile, of: input, in: workspace)
        let operand = outputMatrix(tile, of: gradient, in: workspace)
        product.depth = tile.columns
        product.leftStride = operand.stride
        product.rightStride = tile.columns
        product.run(operand.pointer, workspace.unfolded, into: accumulator)
        product.accumulating = true
      }
    }
    let parts = pool.partCount(geometry.images)
    pool.split(geometry.weightCount, minimumPart: 1 << 14) { _, range in
      for part in 1..<max(1, parts) {
        let addend = accumulator(scratch, part: part, threads: pool.threadCount)
        for index in range { weightGradient[index] += addend[index] }
      }
    }
  }

  /// The tile's [outputChannels, columns] of `images`: where it lies, or gathered.
  private func outputMatrix(
    _ tile: Tile, of images: UnsafePointer<Float>, in workspace: Workspace
  ) -> (pointer: UnsafePointer<Float>, stride: Int) {
    if tile.isInPlace { return (images + placeOfTile(tile), geometry.pixels) }
    gather(tile, of: images, into: workspace.gathered)
    return (UnsafePointer(workspace.gathered), tile.columns)
  }

  /// The adjoint of `unfold`: adds `workspace.unfolded` up where it came from, and writes the images that this completes.
  private func fold(_ tile: Tile, in workspace: Workspace, into images: UnsafeMutablePointer<Float>) {
    let columnsOfImage = tile.rows.count * geometry.outputWidth
    for (index, image) in tile.images.enumerated() {
      if tile.rows.lowerBound == 0 { phase.clear(workspace.phase) }
      phase.fold(workspace.unfolded + index * columnsOfImage, rowStride: tile.columns, rows: tile.rows, into: workspace.phase)
      if tile.rows.upperBound == geometry.outputHeight {
        phase.empty(workspace.phase, into: images + image * geometry.inputCount)
      }
    }
  }
}
