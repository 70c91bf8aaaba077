@testable import Metrics

extension SeededGenerator {
    /// A trial of clinics with uneven numbers of clients, some visits missed, and a covariate of one's own.
    mutating func trial(
        clusters: Int = 6, subjects: Int = 7, visits: Int = 3, missed: Double = 0.2, spread: (Double, Double) = (1, 2)
    ) -> [TrialObservation] {
        var observations: [TrialObservation] = []
        var subject = 0
        for cluster in 0..<clusters {
            let level = spread.0 * normal()
            for _ in 0..<Int.random(in: max(1, subjects - 3)...(subjects + 3), using: &self) {
                let own = spread.1 * normal()
                let age = Double(Int.random(in: 20...60, using: &self))
                for visit in 0..<visits {
                    let isMissed = visit > 0 && Double.random(in: 0..<1, using: &self) < missed
                    let outcome = 30 + level + own + 0.5 * Double(visit) + 0.05 * age + 2 * normal()
                    observations.append(
                        TrialObservation(
                            cluster: cluster, subject: subject, isIntervention: cluster % 2 == 1, visit: visit,
                            outcome: isMissed ? nil : outcome, covariates: [age]))
                }
                subject += 1
            }
        }
        return observations
    }
}
