// Times the estimators on the files that script/benchmarks/metrics.R times R on; reading the files is not timed.
// Prints one line for each figure: name, median seconds of the processor, least, most, a number to
// compare with R's. Not seconds of the clock: other programs share the machine.
import Foundation
import Metrics

func columns(_ file: String) throws -> [String: [Double]] {
    let text = try String(contentsOfFile: CommandLine.arguments[1] + "/" + file, encoding: .utf8)
    var lines = text.split(separator: "\n").makeIterator()
    let names = lines.next()?.split(separator: ",").map(String.init) ?? []
    var columns = Array(repeating: [Double](), count: names.count)
    while let line = lines.next() {
        for (index, field) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            columns[index].append(Double(field) ?? .nan)
        }
    }
    return Dictionary(uniqueKeysWithValues: zip(names, columns))
}

func measure(_ name: String, runs: Int = 9, _ work: () -> Double) {
    var check = 0.0
    let seconds = (0..<runs).map { _ in
        let start = clock()
        check = work()
        return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }.sorted()
    print(name, seconds[runs / 2], seconds[0], seconds[runs - 1], check)
}

/// The sum of every site's shares and limits at three times.
func kaplanMeier(_ spells: SpellColumns, sites: Int, reasons: Int) -> Double {
    spells.tables(sites: sites, reasons: reasons).reduce(0) { sum, table in
        let curve = SurvivalCurve(table)
        return [90.0, 182, 365].reduce(sum) { sum, day in
            let step = curve.step(at: day)
            let interval = SurvivalScale.logLog.interval(of: step)
            return sum + (step?.survival ?? 1) + (interval?.lower ?? 0) + (interval?.upper ?? 0)
        }
    }
}

// From PostgreSQL to the estimates: what `psql` copies comes through a pipe, and the clock is the caller's.
if CommandLine.arguments[1] == "-" {
    let spells = SpellColumns(copied: FileHandle.standardInput.allBytes())
    print(
        kaplanMeier(
            spells, sites: Int((spells.sites.max() ?? -1) + 1), reasons: Int(spells.reasons.max() ?? 0)))
    exit(0)
}

let episodes = try columns("episodes.csv")
let sites = (episodes["site"] ?? []).map { Int32($0) - 1 }
let spells = SpellColumns(
    sites: sites, exits: (episodes["day"] ?? []).map { Int32($0) },
    reasons: (episodes["reason"] ?? []).map { UInt8($0) })
let count = Int((sites.max() ?? -1) + 1)
let kinds = Int(spells.reasons.max() ?? 0)

measure("kaplan_meier") { kaplanMeier(spells, sites: count, reasons: kinds) }
measure("aalen_johansen") {
    spells.tables(sites: count, reasons: kinds).reduce(0) { sum, table in
        let incidence = CumulativeIncidence(table)
        return (0..<kinds).reduce(sum) { $0 + incidence.value(reason: $1, at: 365).share }
    }
}

let panel = try columns("panel.csv")
let rows = Dictionary(grouping: (panel["site"] ?? []).indices) { panel["site"]?[$0] ?? .nan }
let series = rows.sorted { $0.key < $1.key }.map { _, indices in
    MonthlySeries(
        months: indices.map { panel["month"]?[$0] ?? .nan }, numerators: indices.map { panel["exits"]?[$0] },
        denominators: indices.map { panel["caseload"]?[$0] })
}
measure("trend") {
    let trend = LogLinearTrend(seasonal: true, cautious: false)
    return series.reduce(0) { sum, series in sum + ((try? trend.ofRate(series).get().logChange) ?? 0) }
}
measure("mann_kendall") {
    series.reduce(0) { sum, series in
        sum + MannKendall(series.ratios).score + (TheilSen(series.ratios, at: series.months)?.slope ?? 0)
    }
}
