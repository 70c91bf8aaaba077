@testable import Metrics

/// The monthly series of one clinic in the larger set's series.csv, in order of months.
struct ClinicSeries {
    let rows: [[String: String]]

    init(_ site: String, in table: [[String: String]]) {
        rows = table.filter { $0["site"] == site }
    }

    /// A column without the months in which there was nothing to divide by; R's cases leave those out.
    func column(_ name: String, over denominator: String) -> [Double?] {
        rows.filter { (Double($0[denominator] ?? "") ?? 0) > 0 }.map { Double($0[name] ?? "") }
    }
}

extension ControlChart {
    /// A chart drawn from one number of each point, with nil for missing months.
    func series(_ number: (Point) -> Double?) -> [Double?] {
        points.map { $0.flatMap(number) }
    }

    /// Positions counted from 1 at which a rule fired, as in R's cases.
    func positions(of rule: SpecialCause.Rule) -> [Double?] {
        points.indices.filter { points[$0]?.signals.contains { $0.rule == rule } ?? false }.map { Double($0 + 1) }
    }
}
