/// Whether the share gone for one reason differs between groups while other reasons compete (Gray 1988).
///
/// The log-rank test of one reason compares hazards and answers another question: a clinic that detains more people
/// has fewer left to drop out. As in `LogRank`, people are taken for independent of one another. Everybody has to be
/// watched from the beginning: delayed entry is not allowed for.
public struct GrayTest: Equatable, Sendable {
    public let statistic: Double
    public let degrees: Int
    /// Probability of a statistic so large if all groups had one cumulative incidence; nil with fewer than two.
    public let p: Double?

    /// - Parameters:
    ///   - groups: a table for each group, all with the same reasons.
    ///   - reason: the reason compared.
    public init(_ groups: [RiskTable], reason: Int) {
        var sums = Sums(groups: groups.count)
        let others = groups.map { table in table.events(of: (0..<table.reasons).filter { $0 != reason }) }
        var ofReason = groups.map { RiskSweep($0, events: $0.ended[reason]) }
        var ofOthers = zip(groups, others).map { RiskSweep($0, events: $1) }
        for time in Set(groups.flatMap(\.times)).sorted() {
            let here = ofReason.indices.map { ofReason[$0].advance(to: time) }
            sums.add(
                atRisk: here.map(\.atRisk), events: here.map(\.events),
                others: ofOthers.indices.map { ofOthers[$0].advance(to: time).events })
        }
        let (scores, variance) = sums.result()
        let kept = Array(groups.indices.filter { groups[$0].lastTime != nil }.dropLast())
        let factors = SymmetricFactors(variance.restricted(to: kept))
        let score = kept.map { scores[$0] }
        statistic = zip(score, factors.solve(score)).reduce(0) { $0 + $1.0 * $1.1 }
        degrees = kept.count
        p = ChiSquared.upperTail(statistic, degrees: Double(degrees))
    }

    /// What is summed over time: the scores and, by the martingales of each group, their covariance.
    private struct Sums {
        let groups: Int
        private var scores: [Double]
        private var variance: SymmetricMatrix
        /// Compensator of each score by group: what later events are weighed by.
        private var compensator: [[Double]]
        private var mixed: [[Double]]
        private var own: [Double]
        /// Each group's curve of all reasons and its incidence, before the time at hand.
        private var survival: [Double]
        private var incidence: [Double]
        /// Incidence of the reason over all groups under the hypothesis, before the time at hand.
        private var pooled = 0.0

        init(groups: Int) {
            self.groups = groups
            let zeros = Array(repeating: 0.0, count: groups)
            (scores, own, incidence) = (zeros, zeros, zeros)
            survival = Array(repeating: 1, count: groups)
            (compensator, mixed) = (Array(repeating: zeros, count: groups), Array(repeating: zeros, count: groups))
            variance = SymmetricMatrix(order: groups)
        }

        mutating func add(atRisk n: [Double], events d: [Double], others e: [Double]) {
            let (allEvents, allOthers) = (d.reduce(0, +), e.reduce(0, +))
            guard allEvents > 0 || allOthers > 0 else { return }
            let present = (0..<groups).filter { n[$0] > 0 && survival[$0] > 0 }
            var (survivalNow, incidenceNow) = (survival, incidence)
            var (total, hypothetical) = (0.0, 0.0)
            // At risk of the subdistribution: those still there over the curve of all reasons.
            var weight = Array(repeating: 0.0, count: groups)
            for k in present {
                survivalNow[k] = survival[k] * (n[k] - d[k] - e[k]) / n[k]
                incidenceNow[k] = incidence[k] + survival[k] * d[k] / n[k]
                weight[k] = n[k] / survival[k]
                total += weight[k]
                hypothetical += weight[k] * (1 - incidence[k])
            }
            let pooledNow = pooled + allEvents / total
            var step = Array(repeating: Array(repeating: 0.0, count: groups), count: groups)
            for i in present {
                for k in present {
                    step[i][k] = (i == k ? weight[k] : 0) - weight[i] * weight[k] / total
                    compensator[i][k] += step[i][k] * allEvents / (total * (1 - pooled))
                }
                scores[i] += d[i] - allEvents * weight[i] * (1 - incidence[i]) / hypothetical
            }
            if allEvents > 0 {
                for k in present {
                    let factor = survivalNow[k] > 0 ? 1 - (1 - pooledNow) / survivalNow[k] : 1
                    let ties = allEvents > 1 ? 1 - (allEvents - 1) / (total * survival[k] - 1) : 1
                    spread(in: k, factor: factor, by: ties * survival[k] * allEvents / (total * n[k]), step: step)
                }
            }
            for k in present where e[k] > 0 && survivalNow[k] > 0 {
                let factor = (1 - pooledNow) / survivalNow[k]
                let ties = e[k] > 1 ? 1 - (e[k] - 1) / (n[k] - 1) : 1
                let size = ties * survival[k] * survival[k] * e[k] / (n[k] * n[k])
                spread(in: k, factor: -factor, by: size, step: nil)
            }
            (survival, incidence, pooled) = (survivalNow, incidenceNow, pooledNow)
        }

        /// Adds one jump of group k's martingale, of this size, to the three sums the covariance is made of.
        private mutating func spread(in k: Int, factor: Double, by size: Double, step: [[Double]]?) {
            own[k] += factor * factor * size
            let effect = (0..<groups).map { (step?[$0][k] ?? 0) - factor * compensator[$0][k] }
            for i in 0..<groups {
                mixed[i][k] += effect[i] * factor * size
                for j in 0...i { variance[i, j] += effect[i] * effect[j] * size }
            }
        }

        func result() -> (scores: [Double], variance: SymmetricMatrix) {
            var variance = variance
            for i in 0..<groups {
                for j in 0...i {
                    for k in 0..<groups {
                        let (ci, cj) = (compensator[i][k], compensator[j][k])
                        variance[i, j] += ci * cj * own[k] + ci * mixed[j][k] + cj * mixed[i][k]
                    }
                }
            }
            return (scores, variance)
        }
    }
}
