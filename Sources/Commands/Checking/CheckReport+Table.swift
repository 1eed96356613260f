import Experiments
import Tables

extension CheckReport {
  /// A row for each `train` and one for the whole. For people numbers are rounded to what an estimate is worth and have their units;
  /// programs get bytes and seconds.
  ///
  /// - Parameter file: the script that was checked; a line of another one is given with its file.
  func table(of file: String, as format: TableFormat) -> ResultTable {
    format == .csv || format == .json ? dataTable(of: file) : table(of: file)
  }

  private func table(of file: String) -> ResultTable {
    var table = ResultTable(columns: ["line", "run", "runs", "steps", "parameters", "GFLOP a step", "memory", "a step", "each", "all"])
    table.rows = rows.map { row in
      [
        .text(place(row, in: file)), .text(row.name.isEmpty ? "(unnamed)" : row.name), .integer(Int64(row.count)),
        .integer(Int64(row.cost.steps)), .integer(Int64(row.cost.step.parameters)), .number(rounded(row.cost.step.flops / 1e9)),
        .text(EstimateText.bytes(row.cost.step.memoryBytes)), .text(EstimateText.duration(row.cost.step.seconds)),
        .text(EstimateText.duration(row.cost.seconds)), .text(EstimateText.duration(row.seconds))
      ]
    }
    table.rows.append([
      .text("total"), .text(""), .integer(Int64(runCount)), .integer(Int64(steps)), .missing, .missing,
      .text(EstimateText.bytes(memoryBytes)), .missing, .missing, .text("about " + EstimateText.duration(seconds))
    ])
    return table
  }

  private func dataTable(of file: String) -> ResultTable {
    var table = ResultTable(
      columns: [
        "file", "line", "run", "data", "runs", "steps", "parameters", "flops_step", "memory_bytes", "seconds_step", "seconds_run", "seconds"
      ])
    table.rows = rows.map { row in
      [
        .text(row.file), .integer(Int64(row.line)), .text(row.name), .text(row.cost.step.dataset), .integer(Int64(row.count)),
        .integer(Int64(row.cost.steps)), .integer(Int64(row.cost.step.parameters)), .number(row.cost.step.flops),
        .integer(Int64(row.cost.step.memoryBytes)),
        .number(row.cost.step.seconds), .number(row.cost.seconds), .number(row.seconds)
      ]
    }
    table.rows.append([
      .text(file), .missing, .text("total"), .missing, .integer(Int64(runCount)), .integer(Int64(steps)), .missing, .missing,
      .integer(Int64(memoryBytes)), .missing, .missing, .number(seconds)
    ])
    return table
  }

  private func place(_ row: Row, in file: String) -> String {
    row.file == file ? "\(row.line)" : "\(row.file.split(separator: "/").last ?? ""):\(row.line)"
  }

  private func rounded(_ value: Double) -> Double { Double(NumberText.short(value)) ?? value }
}
