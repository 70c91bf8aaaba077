/// Proportional-hazards regression (Cox 1972) with strata, delayed entry and ties.
///
/// In a trial of a few clinics this is not the estimate to lead with: its error, robust or not, is for thirty clusters
/// and more.
public struct CoxRegression: Sendable {
    public enum Ties: Sendable {
        /// Those who leave at one time do so in an order nobody knows (Efron 1977).
        case efron
        /// All of them from the same risk set (Breslow 1974).
        case breslow
    }

    /// Log hazard ratios.
    public let coefficients: [Double]
    /// Inverse of the observed information.
    public let covariance: SymmetricMatrix
    /// The same with clusters as the units of chance (Lin & Wei 1989); nil where no subject names its cluster.
    public let robustCovariance: SymmetricMatrix?
    /// Log partial likelihood without and with the coefficients.
    public let nullLogLikelihood: Double
    public let logLikelihood: Double
    /// Uᵀ I⁻¹ U at no effect, χ² on as many degrees as there are coefficients.
    public let scoreStatistic: Double
    public let events: Int
    public let search: SearchEnd

    let subjects: [CoxSubject]
    let strata: [RiskSets]
    let means: [Double]

    /// Fits by Newton's method. No event, or covariates that depend on one another: `noVariation`. A covariate that
    /// tells all who left early from all who did not: `separated`. A search that does not come to rest: `notComputable`.
    public static func fit(_ subjects: [CoxSubject], ties: Ties = .efron) -> Result<CoxRegression, Unavailable> {
        let subjects = subjects.filter { $0.exit > $0.entry }
        guard let p = subjects.first?.covariates.count, subjects.contains(where: \.hasEvent) else {
            return .failure(.noVariation)
        }
        // Means taken out: the likelihood does not change, and e^η stays within range.
        let means = (0..<p).map { column in
            subjects.reduce(0) { $0 + $1.covariates[column] } / Double(subjects.count)
        }
        let centred = subjects.map { subject in
            CoxSubject(
                entry: subject.entry, exit: subject.exit, hasEvent: subject.hasEvent,
                covariates: zip(subject.covariates, means).map { $0 - $1 }, stratum: subject.stratum,
                cluster: subject.cluster)
        }
        let strata = Dictionary(grouping: centred.indices) { centred[$0].stratum }.sorted { $0.key < $1.key }.map {
            RiskSets(centred, stratum: $0.value, efron: ties == .efron)
        }
        let null = derivatives(strata, Array(repeating: 0, count: p))
        guard SymmetricFactors(null.information).dependent.isEmpty else { return .failure(.noVariation) }
        let (coefficients, now, search) = maximum(strata, from: null)
        if isSeparated(centred, coefficients) { return .failure(.separated) }
        guard let search, now.logLikelihood.isFinite, coefficients.allSatisfy(\.isFinite) else {
            return .failure(.notComputable)
        }
        let inverse = SymmetricFactors(now.information).inverse()
        let score = SymmetricFactors(null.information).solve(null.score)
        return .success(
            CoxRegression(
                coefficients: coefficients, covariance: inverse,
                robustCovariance: ScoreResiduals(strata, centred, coefficients).robust(inverse),
                nullLogLikelihood: null.logLikelihood, logLikelihood: now.logLikelihood,
                scoreStatistic: zip(null.score, score).reduce(0) { $0 + $1.0 * $1.1 },
                events: centred.count(where: \.hasEvent), search: search, subjects: centred, strata: strata,
                means: means))
    }

    /// Newton's steps from no effect, halved where they go too far, until they end or run away; without a record where
    /// they do neither.
    private static func maximum(
        _ strata: [RiskSets], from null: Derivatives
    ) -> (coefficients: [Double], derivatives: Derivatives, search: SearchEnd?) {
        var (coefficients, now) = (Array(repeating: 0.0, count: null.score.count), null)
        for iteration in 1...60 {
            let step = SymmetricFactors(now.information).solve(now.score)
            var scale = 1.0
            var next = now
            var moved = coefficients
            while scale > 1e-6 {
                moved = zip(coefficients, step).map { $0 + scale * $1 }
                next = derivatives(strata, moved)
                if next.logLikelihood >= now.logLikelihood - 1e-12 * abs(now.logLikelihood) { break }
                scale /= 2
            }
            let change = abs(next.logLikelihood - now.logLikelihood)
            (coefficients, now) = (moved, next)
            if isSeparated(strata[0].subjects, coefficients) { break }
            let largest = zip(step, coefficients).map { abs($0) / (1 + abs($1)) }.max() ?? 0
            if change < 1e-13 * (1 + abs(now.logLikelihood)), largest < 1e-8 {
                let left = SymmetricFactors(now.information).solve(now.score)
                let remaining = max(0, zip(left, now.score).reduce(0) { $0 + $1.0 * $1.1 })
                return (
                    coefficients, now, SearchEnd(iterations: iteration, remaining: remaining, measure: .deviance)
                )
            }
        }
        return (coefficients, now, nil)
    }

    struct Derivatives {
        var logLikelihood = 0.0
        var score: [Double]
        var information: SymmetricMatrix
    }

    static func derivatives(_ strata: [RiskSets], _ coefficients: [Double]) -> Derivatives {
        var sums = Derivatives(
            score: Array(repeating: 0, count: coefficients.count),
            information: SymmetricMatrix(order: coefficients.count))
        for stratum in strata {
            stratum.moments(coefficients) { moment in
                for index in moment.events {
                    let x = stratum.subjects[index].covariates
                    for column in x.indices {
                        sums.logLikelihood += x[column] * coefficients[column]
                        sums.score[column] += x[column]
                    }
                }
                for set in moment.sets {
                    sums.logLikelihood -= .log(set.total)
                    for column in set.mean.indices { sums.score[column] -= set.mean[column] }
                    sums.information.add(1, times: set.covariance)
                }
            }
        }
        return sums
    }

    /// A standard deviation of a covariate that multiplies the hazard by e¹⁰ and more is no finding.
    private static func isSeparated(_ subjects: [CoxSubject], _ coefficients: [Double]) -> Bool {
        coefficients.indices.contains { column in
            let squares = subjects.reduce(0) { $0 + $1.covariates[column] * $1.covariates[column] }
            return abs(coefficients[column]) * (squares / Double(subjects.count)).squareRoot() > 10
        }
    }
}
