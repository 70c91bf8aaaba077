import Testing

@testable import Metrics

/// What must hold of estimating equations, whatever the data; the slow way with n × n matrices for comparison.
@Suite("Estimating equations: what must hold")
struct EstimatingPropertyTests {
    struct Rows {
        var clusters: [Int] = []
        var arm: [Double] = []
        var covariate: [Double] = []
        var outcomes: [Double] = []
        var times: [Double] = []

        func data(timed: Bool = false) throws -> ClusteredObservations {
            try ClusteredObservations(
                clusters: clusters, covariates: [arm, covariate], outcomes: .each(outcomes),
                times: timed ? times : nil)
        }
    }

    /// Clusters of unequal sizes with effects of their own; the covariate takes few values, so that patterns repeat.
    static func rows(seed: Int, _ model: MeanModel, clusters: Int = 8, largest: Int = 12) -> Rows {
        var generator = SeededGenerator(seed: UInt64(seed))
        var rows = Rows()
        for cluster in 0..<clusters {
            let shift = Double.random(in: -0.6...0.6, using: &generator)
            for place in 0..<Int.random(in: 2...largest, using: &generator) {
                let covariate = Double(Int.random(in: 0...2, using: &generator))
                let predictor = -0.3 + shift + 0.4 * covariate + (cluster % 2 == 0 ? 0.5 : 0)
                rows.clusters.append(cluster * 10)
                rows.arm.append(cluster % 2 == 0 ? 1 : 0)
                rows.covariate.append(covariate)
                rows.times.append(Double(place) * 1.5)
                let uniform = Double.random(in: 0..<1, using: &generator)
                switch model {
                case .linear: rows.outcomes.append(predictor + 2 * uniform)
                case .logistic: rows.outcomes.append(uniform < 1 / (1 + .exp(-predictor)) ? 1 : 0)
                case .logLinear: rows.outcomes.append((3 * uniform * .exp(predictor)).rounded())
                }
            }
        }
        return rows
    }

    static let models: [MeanModel] = [.linear, .logistic, .logLinear]

    private static func isSame(_ a: EstimatingEquations, _ b: EstimatingEquations, within tolerance: Double) -> Bool {
        let pairs = zip(a.coefficients, b.coefficients)
        guard pairs.allSatisfy({ $0.isNear($1, within: tolerance) }) else { return false }
        return SandwichCorrection.allCases.allSatisfy { correction in
            let (one, two) = (a.covariance(correction), b.covariance(correction))
            return (0..<3).allSatisfy { one[$0, $0].isNear(two[$0, $0], within: tolerance) }
        }
    }

    @Test("The same rows in another order, with other names, or as sums by pattern give the same", arguments: 1...6)
    func invariances(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for model in Self.models {
            let rows = Self.rows(seed: seed, model)
            let fit = try EstimatingEquations(rows.data(), model, correlation: .exchangeable)
            var other = Rows()
            for place in rows.clusters.indices.shuffled(using: &generator) {
                other.clusters.append(1000 - rows.clusters[place])
                other.arm.append(rows.arm[place])
                other.covariate.append(rows.covariate[place])
                other.outcomes.append(rows.outcomes[place])
            }
            let again = try EstimatingEquations(other.data(), model, correlation: .exchangeable)
            #expect(Self.isSame(fit, again, within: 1e-9))

            let patterns = Dictionary(grouping: rows.clusters.indices) { [rows.clusters[$0], Int(rows.covariate[$0])] }
            let groups = patterns.values.map { $0 }
            let sums = groups.map { $0.reduce(0) { $0 + rows.outcomes[$1] } }
            let squares = groups.map { $0.reduce(0) { $0 + rows.outcomes[$1] * rows.outcomes[$1] } }
            let pooled = try ClusteredObservations(
                clusters: groups.map { rows.clusters[$0[0]] },
                covariates: [groups.map { rows.arm[$0[0]] }, groups.map { rows.covariate[$0[0]] }],
                outcomes: .sums(sums, squares: squares, sizes: groups.map { Double($0.count) }))
            let summed = try EstimatingEquations(pooled, model, correlation: .exchangeable)
            #expect(Self.isSame(fit, summed, within: 1e-9))
            #expect(fit.correlation.isNear(summed.correlation, within: 1e-9))
        }
    }

    /// V⁻¹ of a cluster by brute force, φ included.
    private static func inverse(
        _ means: [MeanModel.Moments], _ times: [Double], _ fit: EstimatingEquations, _ working: WorkingCorrelation
    ) throws -> [[Double]] {
        let n = means.count
        let matrix = (0..<n).map { row in
            (0..<n).map { column in
                let shared: Double =
                    switch working {
                    case .independence: row == column ? 1 : 0
                    case .exchangeable: row == column ? 1 : fit.correlation
                    case .autoregressive: .pow(fit.correlation, abs(times[row] - times[column]))
                    }
                return fit.dispersion * shared * (means[row].variance * means[column].variance).squareRoot()
            }
        }
        return try (0..<n).map { column in
            try #require(LinearSystem.solve(matrix, (0..<n).map { $0 == column ? 1 : 0 }))
        }
    }

    @Test("The estimating equation holds and Mancl & DeRouen's errors are those of n × n matrices", arguments: 1...4)
    func dense(seed: Int) throws {
        for model in Self.models {
            for working in [WorkingCorrelation.independence, .exchangeable, .autoregressive] {
                let rows = Self.rows(seed: 50 + seed, model)
                let data = try rows.data(timed: true)
                let fit = try EstimatingEquations(data, model, correlation: working)
                var score = [0.0, 0, 0]
                var parts: [(d: [[Double]], w: [[Double]], r: [Double])] = []
                var information = SymmetricMatrix(order: 3)
                for cluster in data.labels {
                    let own = rows.clusters.indices.filter { rows.clusters[$0] == cluster }
                    let x = own.map { [1, rows.arm[$0], rows.covariate[$0]] }
                    let means = x.map { row in
                        model.moments(at: zip(row, fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 })
                    }
                    let d = zip(x, means).map { row, mean in row.map { $0 * mean.slope } }
                    let w = try Self.inverse(means, own.map { rows.times[$0] }, fit, working)
                    let r = zip(own, means).map { rows.outcomes[$0] - $1.mean }
                    parts.append((d, w, r))
                    for a in 0..<3 {
                        for i in own.indices {
                            for j in own.indices {
                                score[a] += d[i][a] * w[i][j] * r[j]
                                for b in 0...a { information[a, b] += d[i][a] * w[i][j] * d[j][b] }
                            }
                        }
                    }
                }
                #expect(score.allSatisfy { abs($0) < 1e-7 }, "\(model) \(working)")
                let inverse = SymmetricFactors(information).inverse()
                var middle = SymmetricMatrix(order: 3)
                for (d, w, r) in parts {
                    // (I − D M⁻¹ Dᵀ V⁻¹)⁻¹ r
                    let hat = d.indices.map { i in
                        d.indices.map { j in
                            d.indices.reduce(i == j ? 1.0 : 0) { sum, k in
                                let own = inverse.times(d[k])
                                return sum - zip(d[i], own).reduce(0) { $0 + $1.0 * $1.1 } * w[k][j]
                            }
                        }
                    }
                    let adjusted = try #require(LinearSystem.solve(hat, r))
                    let weighted = w.map { zip($0, adjusted).reduce(0) { $0 + $1.0 * $1.1 } }
                    let g = (0..<3).map { a in d.indices.reduce(0) { $0 + d[$1][a] * weighted[$1] } }
                    middle.add(1, outerProductOf: inverse.times(g))
                }
                let fast = fit.covariance(.manclDeRouen)
                for a in 0..<3 {
                    for b in 0..<3 { #expect(fast[a, b].isNear(middle[a, b], within: 1e-7), "\(model) \(working)") }
                }
            }
        }
    }

    @Test("Least squares: CR2's errors and degrees are those of n × n matrices", arguments: 1...4)
    func denseBellMcCaffrey(seed: Int) throws {
        let rows = Self.rows(seed: 80 + seed, .linear, clusters: 6)
        let data = try rows.data()
        let fit = try EstimatingEquations(data, .linear)
        let x = rows.clusters.indices.map { [1, rows.arm[$0], rows.covariate[$0]] }
        var products = SymmetricMatrix(order: 3)
        for row in x { products.add(1, outerProductOf: row) }
        let inverse = SymmetricFactors(products).inverse()
        func hat(_ i: Int, _ j: Int) -> Double { zip(x[i], inverse.times(x[j])).reduce(0) { $0 + $1.0 * $1.1 } }
        let residuals = zip(x, rows.outcomes).map { row, y in
            y - zip(row, fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let weights = x.map { inverse.times($0)[1] }
        var variance = 0.0
        // g of each cluster: (I − H)ᵀ A x M⁻¹ c over all rows.
        var directions: [[Double]] = []
        for cluster in data.labels {
            let own = rows.clusters.indices.filter { rows.clusters[$0] == cluster }
            var left = SymmetricMatrix(order: own.count)
            for i in own.indices { for j in 0...i { left[i, j] = (i == j ? 1 : 0) - hat(own[i], own[j]) } }
            let root = SymmetricEigen(left).apply({ 1 / $0.squareRoot() }, to: own.map { weights[$0] })
            let along = zip(root, own).reduce(0) { $0 + $1.0 * residuals[$1.1] }
            variance += along * along
            directions.append(
                x.indices.map { row in
                    zip(root, own).reduce(0) { $0 + $1.0 * (($1.1 == row ? 1 : 0) - hat($1.1, row)) }
                })
        }
        var (sum, squares) = (0.0, 0.0)
        for a in directions.indices {
            for b in directions.indices {
                let shared = zip(directions[a], directions[b]).reduce(0) { $0 + $1.0 * $1.1 }
                squares += shared * shared
                if a == b { sum += shared }
            }
        }
        let test = try fit.effect(of: 1, .kauermannCarroll, degrees: .satterthwaite)
        #expect(test.standardError.isNear(variance.squareRoot(), within: 1e-9))
        #expect(test.degrees.isNear(sum * sum / squares, within: 1e-8))
    }

    @Test(
        "CR2 by the symmetric root is Kauermann & Carroll's of least squares, and near it otherwise", arguments: 1...4)
    func symmetricRoot(seed: Int) throws {
        for model in Self.models {
            let fit = try EstimatingEquations(Self.rows(seed: seed, model).data(), model)
            let tolerance = model == .linear ? 1e-10 : 0.15
            let (one, two) = (fit.covariance(.bellMcCaffrey), fit.covariance(.kauermannCarroll))
            let degrees = [SandwichCorrection.bellMcCaffrey, .kauermannCarroll].map {
                fit.satterthwaiteDegrees([0, 1, 0], $0) ?? .nan
            }
            for column in 0..<3 { #expect(abs(one[column, column] / two[column, column] - 1) < tolerance) }
            #expect(abs(degrees[0] / degrees[1] - 1) < tolerance)
        }
    }

    @Test("Corrections grow in their order, and with clusters of one member CR0 is White's")
    func order() throws {
        for seed in 1...5 {
            let fit = try EstimatingEquations(Self.rows(seed: seed, .linear).data(), .linear)
            let errors = [SandwichCorrection.liangZeger, .kauermannCarroll, .manclDeRouen].map {
                fit.covariance($0)[1, 1]
            }
            #expect(errors[0] < errors[1] && errors[1] < errors[2])
        }
        let data = try ClusteredObservations(
            clusters: [1, 2, 3, 4], covariates: [], outcomes: .each([1, 2, 3, 6]))
        let mean = try EstimatingEquations(data, .linear)
        #expect(mean.coefficients[0].isNear(3))
        #expect(mean.covariance(.liangZeger)[0, 0].isNear((4.0 + 1 + 0 + 9) / 16))
        #expect(try mean.effect(of: 0, .kauermannCarroll).standardError.isNear((14.0 / 12).squareRoot()))
    }

    @Test("A correlation that no members can have is not used, and that is said")
    func impossibleCorrelation() throws {
        // Members of a cluster differ more from each other than from others.
        let data = try ClusteredObservations(
            clusters: [1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 4], covariates: [],
            outcomes: .each([0, 10, 1, 9, 0, 10, 4, 5, 6, 5, 5]))
        let fit = try EstimatingEquations(data, .linear, correlation: .exchangeable)
        #expect(fit.convergence.isCorrelationImpossible && fit.correlation == 0)
        let independent = try EstimatingEquations(data, .linear)
        #expect(fit.coefficients == independent.coefficients && !independent.convergence.isCorrelationImpossible)
    }

    @Test("Scores scaled and shifted: the slope scales, its test stays")
    func scaling() throws {
        var rows = Self.rows(seed: 3, .linear)
        let fit = try EstimatingEquations(rows.data(), .linear, correlation: .exchangeable)
        rows.outcomes = rows.outcomes.map { 1e6 * $0 + 1e9 }
        let scaled = try EstimatingEquations(rows.data(), .linear, correlation: .exchangeable)
        #expect(scaled.coefficients[1].isNear(1e6 * fit.coefficients[1], within: 1e-6))
        #expect(try scaled.effect(of: 1).p.isNear(fit.effect(of: 1).p, within: 1e-5))
    }

    @Test("What cannot be estimated says why")
    func failures() throws {
        var rows = Self.rows(seed: 1, .logistic)
        rows.outcomes = rows.arm
        #expect(throws: ClusterFailure.separated) { try EstimatingEquations(rows.data(), .logistic) }
        rows.outcomes = rows.arm.map { _ in 0 }
        #expect(throws: ClusterFailure.noEvents) { try EstimatingEquations(rows.data(), .logistic) }
        #expect(throws: ClusterFailure.noEvents) { try EstimatingEquations(rows.data(), .logLinear) }
        rows.outcomes = rows.arm.map { _ in 2 }
        #expect(throws: ClusterFailure.misshapen) { try EstimatingEquations(rows.data(), .logistic) }
        // No event at all in one arm.
        rows = Self.rows(seed: 2, .logistic)
        rows.outcomes = zip(rows.outcomes, rows.arm).map { $0 * $1 }
        for model in [MeanModel.logistic, .logLinear] {
            #expect(throws: ClusterFailure.separated) { try EstimatingEquations(rows.data(), model) }
        }
        rows = Self.rows(seed: 1, .linear)
        rows.covariate = rows.arm
        #expect(throws: ClusterFailure.dependentColumns) { try EstimatingEquations(rows.data(), .linear) }
        rows.covariate[0] = .infinity
        #expect(throws: ClusterFailure.misshapen) { try rows.data() }
        #expect(throws: ClusterFailure.misshapen) {
            try EstimatingEquations(Self.rows(seed: 1, .linear).data(), .linear, correlation: .autoregressive)
        }
        let two = try ClusteredObservations(
            clusters: [1, 1, 2, 2], covariates: [[0, 0, 1, 1]], outcomes: .each([1, 2, 3, 5]))
        #expect(throws: ClusterFailure.tooFewClusters) { try EstimatingEquations(two, .linear).effect(of: 1) }
        let constant = try ClusteredObservations(
            clusters: [1, 1, 2, 2, 3, 4], covariates: [[0, 0, 1, 1, 0, 1]], outcomes: .each([3, 3, 3, 3, 3, 3]))
        #expect(throws: ClusterFailure.noVariation) { try EstimatingEquations(constant, .linear) }
    }
}
