import Words

/// The operating characteristics of a design for a terminal: a table for each of them, a column for each correlation.
struct SimulationText {
    let report: SimulationReport
    let words: Words

    private var numbers: NumberText { NumberText(words: words) }
    private var blocks: [SimulationReport.Block] { report.correlations }

    var text: String {
        guard let design = report.design else { return "" }
        let isNull = design.effect == 0
        let lines =
            [title(design), ""]
            + table(words(isNull ? "simulation.type_one" : "simulation.power")) { percent($0.rejected) }
            + table(words("simulation.coverage")) { percent($0.covered) }
            + table(words("simulation.bias")) { bias($0.bias) }
            + table(words("simulation.failed")) { failed($0) }
            + reasons + notes(design)
        return lines.joined(separator: "\n")
    }

    private func title(_ design: SimulationReport.Design) -> String {
        let values = [
            "clinics": "\(design.clinics)", "pairs": "\(design.clinics / 2)", "size": numbers.amount(design.size),
            "variation": numbers.number(design.sizeVariation, digits: 2), "visits": "\(design.visits)",
            "sets": words.grouped(report.sets), "seed": "\(report.seed)", "effect": plain(design.effect),
            "clinic": plain(design.clinicAutocorrelation), "client": plain(design.clientAutocorrelation),
            "pair": plain(design.pairCorrelation), "share": plain(design.share ?? 0),
        ]
        return [
            words(design.isPaired ? "simulation.title.pairs" : "simulation.title", values),
            words(design.isBinary ? "simulation.outcome.binary" : "simulation.outcome.continuous", values),
            words(design.visits == 1 ? "simulation.visits.one" : "simulation.visits", values),
            words("simulation.sets", values),
        ].joined(separator: " ")
    }

    private func table(_ name: String, _ cell: (SimulationReport.Row) -> String) -> [String] {
        let head = [name] + blocks.map { words("simulation.correlation", ["correlation": plain($0.correlation)]) }
        let rows = (blocks.first?.methods ?? []).indices.map { place in
            [self.name(blocks[0].methods[place].method)] + blocks.map { cell($0.methods[place]) }
        }
        return TextTable.lines([head] + rows) + [""]
    }

    private func name(_ method: String) -> String {
        words(method.hasPrefix("plain_") ? "simulation.\(method)" : "trial.method.\(method)")
    }

    private func percent(_ figure: SimulationReport.Figure?) -> String {
        figure.map {
            "\(numbers.number(100 * $0.value, digits: 1)) (\(numbers.number(100 * $0.monteCarloError, digits: 1)))"
        } ?? "–"
    }

    private func bias(_ figure: SimulationReport.Figure?) -> String {
        figure.map {
            "\(numbers.number($0.value, digits: 4)) (\(numbers.number($0.monteCarloError, digits: 4)))"
        } ?? "–"
    }

    private func failed(_ row: SimulationReport.Row) -> String {
        let failed = row.failures.values.reduce(0, +)
        return numbers.number(100 * Double(failed) / Double(report.sets), digits: 1)
    }

    /// Why there was no estimate, where there was none.
    private var reasons: [String] {
        let lines = blocks.flatMap { block in
            block.methods.flatMap { row in
                row.failures.sorted { $0.key < $1.key }.map { reason, count in
                    words(
                        "simulation.reason",
                        [
                            "method": name(row.method), "correlation": plain(block.correlation),
                            "sets": words.grouped(count), "reason": words("trial.failure.\(reason)"),
                        ])
                }
            }
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    private func notes(_ design: SimulationReport.Design) -> [String] {
        var notes = [words("simulation.note.plain")]
        if design.visits == 1 { notes.append(words("simulation.note.no_baseline")) }
        if design.isBinary { notes.append(words("simulation.note.ratios")) }
        return notes
    }

    /// As many decimals as the number was given with, up to four.
    private func plain(_ value: Double) -> String {
        let digits = (0..<4).first { place in
            let scaled = value * [1, 10, 100, 1000][place]
            return abs(scaled - scaled.rounded()) < 1e-9
        }
        return numbers.number(value, digits: digits ?? 4)
    }
}
