/// Whether a hazard ratio stays the same over time: the score test for a coefficient that changes with g(t) (Grambsch &
/// Therneau 1994; Therneau & Grambsch 2000, ch. 6).
public struct ProportionalityTest: Equatable, Sendable {
    public struct Finding: Equatable, Sendable {
        public let statistic: Double
        public let degrees: Int
        public let p: Double?

        static let none = Finding(statistic: 0, degrees: 0, p: nil)
    }

    /// How time is measured.
    public enum Scale: Sendable {
        /// 1 − S(t−) of all subjects: late events, of which there are few, do not decide alone.
        case kaplanMeier
        case identity
    }

    /// One for each covariate, and one for all together.
    public let covariates: [Finding]
    public let global: Finding

    public init(_ fit: CoxRegression, scale: Scale = .kaplanMeier) {
        let p = fit.coefficients.count
        let transformed = Self.transform(fit.subjects, scale)
        var score = Array(repeating: 0.0, count: p)
        var (plain, mixed, squared) = (
            SymmetricMatrix(order: p), SymmetricMatrix(order: p), SymmetricMatrix(order: p)
        )
        for stratum in fit.strata {
            stratum.moments(fit.coefficients) { moment in
                let g = transformed[moment.time] ?? 0
                for index in moment.events {
                    for column in 0..<p { score[column] += g * stratum.subjects[index].covariates[column] }
                }
                for set in moment.sets {
                    for column in 0..<p { score[column] -= g * set.mean[column] }
                    plain.add(1, times: set.covariance)
                    mixed.add(g, times: set.covariance)
                    squared.add(g * g, times: set.covariance)
                }
            }
        }
        // What is left of the information on the change once the coefficients are known.
        let factors = SymmetricFactors(plain)
        var left = squared
        for row in 0..<p {
            let solved = factors.solve((0..<p).map { mixed[row, $0] })
            for column in 0...row {
                left[row, column] -= zip(solved, (0..<p).map { mixed[column, $0] }).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        // Events at one time only tell nothing about a change.
        covariates = (0..<p).map { left[$0, $0] > 0 ? Self.finding(score[$0] * score[$0] / left[$0, $0], 1) : .none }
        let all = SymmetricFactors(left)
        global = Self.finding(zip(score, all.solve(score)).reduce(0) { $0 + $1.0 * $1.1 }, all.rank)
    }

    private static func finding(_ statistic: Double, _ degrees: Int) -> Finding {
        Finding(
            statistic: statistic, degrees: degrees,
            p: ChiSquared.upperTail(statistic, degrees: Double(degrees)))
    }

    /// g at each event time, its mean over the events taken out.
    private static func transform(_ subjects: [CoxSubject], _ scale: Scale) -> [Double: Double] {
        let spells = subjects.map { Spell(entry: $0.entry, exit: $0.exit, reason: $0.hasEvent ? 0 : nil) }
        let curve = SurvivalCurve(RiskTable(spells, reasons: 1))
        var before = 1.0
        var values: [(time: Double, events: Double, g: Double)] = []
        for step in curve.steps {
            values.append((step.time, step.events, scale == .identity ? step.time : 1 - before))
            before = step.survival
        }
        let events = values.reduce(0) { $0 + $1.events }
        let mean = values.reduce(0) { $0 + $1.events * $1.g } / events
        return Dictionary(uniqueKeysWithValues: values.map { ($0.time, $0.g - mean) })
    }
}
