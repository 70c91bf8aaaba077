import Metrics

/// score ~ arm * visit with levels of sites and clients: 200,000 rows.
func largeRows(_ path: String) throws -> MixedModelRows {
    let table = try columns(path)
    let (arm, month) = (table["arm"] ?? [], table["month"] ?? [])
    let later = [3.0, 6, 9].map { visit in month.map { $0 == visit ? 1.0 : 0 } }
    let fixed =
        [Array(repeating: 1, count: arm.count), arm] + later + later.map { zip(arm, $0).map { $0 * $1 } }
    return MixedModelRows(
        outcome: table["score"] ?? [], fixed: fixed, clusters: codes(table["site"] ?? []),
        subjects: codes(table["client"] ?? []))
}

/// The six clinics' trial, without missing scores: arm by visit, or a line over months for the bootstrap.
func trialRows(_ path: String, line: Bool) throws -> MixedModelRows {
    let table = try columns(path)
    let present = (table["score"] ?? []).indices.filter { table["score"]?[$0].isFinite == true }
    func column(_ name: String) -> [Double] { present.map { table[name]?[$0] ?? .nan } }
    let (arm, month) = (column("arm"), column("month"))
    let later = [3.0, 6, 9].map { visit in month.map { $0 == visit ? 1.0 : 0 } }
    let ones = Array(repeating: 1.0, count: arm.count)
    return MixedModelRows(
        outcome: column("score"),
        fixed: line ? [ones, month] : [ones, arm] + later + later.map { zip(arm, $0).map { $0 * $1 } },
        clusters: column("clinic").map { Int($0) }, subjects: column("client").map { Int($0) })
}

func units(_ count: Int) -> [[Double]] { (0..<count).map { place in (0..<count).map { $0 == place ? 1 : 0 } } }

func measureLinearModels(large: MixedModelRows, trial: MixedModelRows, line: MixedModelRows) throws {
    func criterion(_ statistics: MixedStatistics) -> Double {
        (try? LinearMixedModel(statistics, .nested).convergence.criterion) ?? .nan
    }
    measure("lmm_large_rows") { (try? MixedStatistics(large)).map(criterion) ?? .nan }
    let statistics = try MixedStatistics(large)
    measure("lmm_large_sums", repeats: 10) { criterion(statistics) }
    let fit = try LinearMixedModel(statistics, .nested)
    let wide = units(large.fixed.count)
    measure("lmm_large_satterthwaite", repeats: 10) {
        wide.reduce(0) { $0 + (fit.contrast($1, degrees: .satterthwaite)?.degrees ?? .nan) }
    }
    measure("lmm_large_kenward_roger", repeats: 10) {
        let fit = try? LinearMixedModel(statistics, .nested)
        return wide.reduce(0) { $0 + (fit?.contrast($1)?.degrees ?? .nan) }
    }
    var drifting = large
    let visits = large.fixed[2...4].enumerated().reduce(into: Array(repeating: 0, count: large.outcome.count)) {
        for row in $1.element.indices where $1.element[row] == 1 { $0[row] = $1.offset + 1 }
    }
    drifting.clusterEffects += MixedModelRows.indicators(visits, count: 4)
    let ofVisits = try MixedStatistics(drifting)
    measure("lmm_large_cluster_visits") {
        let fit = try? LinearMixedModel(ofVisits, .clusterVisits(4))
        return wide.reduce(0) { $0 + (fit?.contrast($1)?.degrees ?? .nan) }
    }
    measure("lmm_trial_rows", repeats: 100) { (try? MixedStatistics(trial)).map(criterion) ?? .nan }
    let small = try MixedStatistics(trial)
    measure("lmm_trial_kenward_roger", repeats: 100) {
        let fit = try? LinearMixedModel(small, .nested)
        return wide.reduce(0) { $0 + (fit?.contrast($1)?.degrees ?? .nan) }
    }
    let straight = try LinearMixedModel(MixedStatistics(line), .nested)
    measure("lmm_trial_bootstrap") {
        var generator = BenchmarkGenerator()
        let refits = straight.bootstrap([[0, 1]], replicates: 1000, using: &generator)
        return refits.reduce(0) { $0 + ((try? $1.get().estimates[0]) ?? .nan) } / 1000
    }
}
