/// The sites of a panel that can tell of a start, their values period by period.
struct PanelColumns {
    /// What is held against what, as places among the periods.
    struct Comparison {
        let cohort: Int
        let period: Int
        let base: Int
        let controls: StaggeredDifferences.Controls
    }

    struct Change {
        let estimate: Double
        let influence: [Double]
        let treated: Int
        let controls: Int
    }

    let sites: Int
    /// The place of the first period in which a site worked in the new way; `Int.max` for none.
    let begun: [Int]
    /// Of mean 1.
    let weights: [Double]
    /// A column of one value a site for each period, NaN where there is none; it does not leave.
    private let columns: [[Double]]

    init(_ panel: SitePanel) {
        let kept = panel.values.indices.filter { panel.begun[$0] != 0 }
        sites = kept.count
        begun = kept.map { panel.begun[$0] ?? .max }
        let total = kept.reduce(0) { $0 + panel.weights[$1] }
        weights = kept.map { panel.weights[$0] * Double(kept.count) / total }
        columns = panel.periods.indices.map { period in kept.map { panel.values[$0][period] ?? .nan } }
    }

    private func isControl(_ site: Int, _ comparison: Comparison) -> Bool {
        switch comparison.controls {
        case .neverTreated: begun[site] == .max
        case .notYetTreated:
            begun[site] > max(comparison.period, comparison.base) && begun[site] != comparison.cohort
        }
    }

    /// The weighted mean change of the cohort less that of the controls, over sites with both values; nil where either
    /// side has none.
    func change(_ comparison: Comparison) -> Change? {
        let (now, before) = (columns[comparison.period], columns[comparison.base])
        var (treated, controls) = (Side(), Side())
        for site in 0..<sites {
            let change = now[site] - before[site]
            guard !change.isNaN else { continue }
            if begun[site] == comparison.cohort {
                treated.add(change, weights[site])
            } else if isControl(site, comparison) {
                controls.add(change, weights[site])
            }
        }
        guard treated.count > 0, controls.count > 0 else { return nil }
        let n = Double(sites)
        var influence = Array(repeating: 0.0, count: sites)
        for site in 0..<sites {
            let change = now[site] - before[site]
            guard !change.isNaN else { continue }
            if begun[site] == comparison.cohort {
                influence[site] = n * weights[site] / treated.weight * (change - treated.mean)
            } else if isControl(site, comparison) {
                influence[site] = -n * weights[site] / controls.weight * (change - controls.mean)
            }
        }
        return Change(
            estimate: treated.mean - controls.mean, influence: influence, treated: treated.count,
            controls: controls.count)
    }

    private struct Side {
        var (count, weight, sum) = (0, 0.0, 0.0)

        var mean: Double { sum / weight }

        mutating func add(_ change: Double, _ weight: Double) {
            count += 1
            self.weight += weight
            sum += weight * change
        }
    }
}
