/// One clinic of a trial: how its own participants changed, and how far it lies from its arm.
///
/// Neither is the intervention's effect at that clinic: a clinic is in one arm, and what it would have been like in the other
/// nobody has seen.
public struct ClinicChange: Equatable, Sendable {
    /// Its place among the record's clinics.
    public let clinic: Int
    /// Measured at baseline and at the visit.
    public let participants: Int
    /// Mean change from baseline.
    public let change: Double
    /// t interval of the participants' changes; nil of one participant, or where all changed alike.
    public let interval: Interval?
    /// How far the clinic's mean change lies from its arm's, drawn towards it as far as chance explains the distance (the
    /// best linear unbiased prediction), with the prediction interval.
    public let deviation: Double?
    public let deviationInterval: Interval?
}

extension TrialAnalysis {
    /// Every clinic with somebody measured twice, but those whose mean left the range of numbers.
    public func clinicChanges() -> [ClinicChange] {
        let paired = record.participants.compactMap { who -> (clinic: Int, change: Double)? in
            guard let before = who.outcomes[0], let after = who.outcomes[visit] else { return nil }
            return (who.clinic, after - before)
        }
        let deviations = deviations(paired)
        return Dictionary(grouping: paired, by: \.clinic).sorted { $0.key < $1.key }.compactMap {
            clinic, own -> ClinicChange? in
            let changes = own.map(\.change)
            let n = Double(changes.count)
            let mean = changes.reduce(0, +) / n
            guard mean.isFinite else { return nil }
            let variance = changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, n - 1)
            let reach = StudentT.quantile((1 + level) / 2, degrees: n - 1).map { $0 * (variance / n).squareRoot() }
            let deviation = deviations[clinic]
            return ClinicChange(
                clinic: clinic, participants: changes.count, change: mean,
                interval: variance > 0 && variance.isFinite && n > 1
                    ? reach.map { Interval(lower: mean - $0, upper: mean + $0, level: level) } : nil,
                deviation: deviation?.value, deviationInterval: deviation.flatMap(predicted))
        }
    }

    private func predicted(_ effect: PredictedEffect) -> Interval? {
        guard degrees > 0, let t = StudentT.quantile((1 + level) / 2, degrees: degrees) else { return nil }
        let reach = t * effect.predictionDeviation
        return Interval(lower: effect.value - reach, upper: effect.value + reach, level: level)
    }

    /// Changes of participants with a level for each clinic, about the mean of its arm.
    private func deviations(_ paired: [(clinic: Int, change: Double)]) -> [Int: PredictedEffect] {
        let ones = paired.map { _ in 1.0 }
        let arm = paired.map { record.clinics[$0.clinic].isTreated ? 1.0 : 0 }
        let rows = MixedModelRows(
            outcome: paired.map(\.change), fixed: [ones, arm], clusters: paired.map(\.clinic))
        guard let statistics = try? MixedStatistics(rows), let fit = try? LinearMixedModel(statistics, .clusterOnly)
        else {
            return [:]
        }
        return fit.clusterEffects().compactMapValues(\.first)
    }
}
