/// The first of two stages: members' outcomes regressed on their covariates without the arm, and what is left of each
/// clinic (Gail et al. 1996; Hayes & Moulton 2017, ch. 10).
public enum StageOne {
    /// A clinic's events beside those that its members' covariates let expect.
    public struct Events: Equatable, Sendable {
        public let observed: Double
        public let expected: Double
        public let members: Double

        /// (O − E)/n: on the scale of risk differences.
        public var difference: Double { (observed - expected) / members }

        /// ln(O/E): on the scale of risk ratios. Of no event the risk is taken for 0.5/(n + 1).
        public var logRatio: Double {
            .log((observed > 0 ? observed : 0.5 * members / (members + 1)) / expected)
        }

        /// Whether `logRatio` had to put something in the place of no event, which the page says.
        public var isMadeUp: Bool { observed == 0 }
    }

    /// Mean residual of each clinic, in the order of `labels`; without covariates its mean less the mean of all.
    public static func residualMeans(_ data: ClusteredObservations) throws(ClusterFailure) -> [Double] {
        let members = data.sizes.reduce(0, +)
        let centre = data.sums.reduce(0, +) / members
        // Means are taken out of covariates and outcome before anything is squared.
        let means = (1..<data.columns).map { column in
            (0..<data.rows).reduce(0) { $0 + data.sizes[$1] * data.design[$1 * data.columns + column] } / members
        }
        var products = SymmetricMatrix(order: means.count)
        var right = Array(repeating: 0.0, count: means.count)
        var clinics: [(outcome: Double, covariates: [Double])] = []
        for cluster in data.labels.indices {
            var sums = (outcome: 0.0, covariates: Array(repeating: 0.0, count: means.count))
            for row in data.rows(of: cluster) {
                let x = means.indices.map { data.design[row * data.columns + 1 + $0] - means[$0] }
                let y = data.sums[row] - data.sizes[row] * centre
                products.add(data.sizes[row], outerProductOf: x)
                sums.outcome += y
                for column in x.indices {
                    right[column] += x[column] * y
                    sums.covariates[column] += data.sizes[row] * x[column]
                }
            }
            clinics.append(sums)
        }
        let factors = SymmetricFactors(products)
        guard factors.dependent.isEmpty else { throw .dependentColumns }
        let slopes = factors.solve(right)
        return zip(clinics, data.members).map { clinic, members in
            (clinic.outcome - zip(slopes, clinic.covariates).reduce(0) { $0 + $1.0 * $1.1 }) / members
        }
    }

    /// Events of each clinic beside those of a logistic regression of all members, in the order of `labels`.
    ///
    /// - Throws: `noEvents` where nobody or everybody has the event, `separated` where a covariate tells who has.
    public static func events(_ data: ClusteredObservations) throws(ClusterFailure) -> [Events] {
        guard zip(data.sums, data.sizes).allSatisfy({ $0 >= 0 && $0 <= $1 }) else { throw .misshapen }
        let (yes, all) = (data.sums.reduce(0, +), data.sizes.reduce(0, +))
        guard yes > 0, yes < all else { throw .noEvents }
        let fit: CountRegression
        do {
            fit = try CountRegression(data.columnwise, counts: data.sums, sizes: data.sizes, family: .binomial)
        } catch {
            throw ClusterFailure(error)
        }
        return data.labels.indices.map { cluster in
            let rows = data.rows(of: cluster)
            return Events(
                observed: data.sums[rows].reduce(0, +), expected: fit.fitted[rows].reduce(0, +),
                members: data.members[cluster])
        }
    }
}

extension ClusterFailure {
    init(_ failure: CountRegression.Failure) {
        switch failure {
        case .columns: self = .dependentColumns
        case .separated: self = .separated
        case .notConverged: self = .notConverged
        }
    }
}
