/// What each subject adds to the score: its own event less what was expected of it at each event time.
struct ScoreResiduals {
    private let residuals: [[Double]]
    private let subjects: [CoxSubject]

    init(_ strata: [RiskSets], _ subjects: [CoxSubject], _ coefficients: [Double]) {
        let p = coefficients.count
        var residuals = Array(repeating: Array(repeating: 0.0, count: p), count: subjects.count)
        for stratum in strata {
            // From the last event time to the first: Σ 1/total and Σ mean/total from each time on.
            var times: [Double] = []
            var hazards: [(hazard: Double, mean: [Double])] = []
            var sum = (hazard: 0.0, mean: Array(repeating: 0.0, count: p))
            stratum.moments(coefficients) { moment in
                let share = 1 / Double(moment.events.count)
                for set in moment.sets {
                    sum.hazard += 1 / set.total
                    for column in 0..<p { sum.mean[column] += set.mean[column] / set.total }
                    for index in moment.events {
                        let x = subjects[index].covariates
                        let risk = Self.risk(x, coefficients)
                        for column in 0..<p {
                            let distance = x[column] - set.mean[column]
                            // Who has the event is counted in each risk set of the time only as far as it is not gone.
                            residuals[index][column] += distance * (share + set.gone * risk / set.total)
                        }
                    }
                }
                times.append(moment.time)
                hazards.append(sum)
            }
            for index in stratum.members {
                let subject = subjects[index]
                // Event times in (entry, exit]: those at or after neither.
                let upTo = times.partitioningIndex { $0 <= subject.exit }
                let since = times.partitioningIndex { $0 <= subject.entry }
                guard since > upTo else { continue }
                let (last, first) = (
                    hazards[since - 1], upTo > 0 ? hazards[upTo - 1] : (0, Array(repeating: 0, count: p))
                )
                let risk = Self.risk(subject.covariates, coefficients)
                for column in 0..<p {
                    let expected =
                        subject.covariates[column] * (last.hazard - first.0) - (last.mean[column] - first.1[column])
                    residuals[index][column] -= risk * expected
                }
            }
        }
        (self.residuals, self.subjects) = (residuals, subjects)
    }

    /// Σ over clusters of the squared sums, between two inverses of the information; nil where none is named.
    func robust(_ inverse: SymmetricMatrix) -> SymmetricMatrix? {
        guard subjects.contains(where: { $0.cluster != nil }) else { return nil }
        var sums: [Int: [Double]] = [:]
        for (index, subject) in subjects.enumerated() {
            let own = sums[subject.cluster ?? -1 - index] ?? Array(repeating: 0, count: inverse.order)
            sums[subject.cluster ?? -1 - index] = zip(own, residuals[index]).map { $0 + $1 }
        }
        var covariance = SymmetricMatrix(order: inverse.order)
        for sum in sums.values { covariance.add(1, outerProductOf: inverse.times(sum)) }
        return covariance
    }

    private static func risk(_ x: [Double], _ coefficients: [Double]) -> Double {
        .exp(zip(x, coefficients).reduce(0) { $0 + $1.0 * $1.1 })
    }
}
