import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Stepped wedges against R's larger set", .enabled(if: Reference.hasOracle))
struct SteppedWedgeOracleTests {
    private static func data() throws -> (means: [[Double?]], design: SteppedWedgeDesign) {
        let rows = try Reference.table("stepped_wedge.csv")
        let clusters = Dictionary(grouping: rows) { $0["cluster"] ?? "" }.sorted { $0.key < $1.key }.map(\.value)
        let periods = 1 + (rows.compactMap { Int($0["period"] ?? "") }.max() ?? 0)
        let means = clusters.map { cluster in
            (0..<periods).map { period -> Double? in
                let values = cluster.filter { Int($0["period"] ?? "") == period }.compactMap { Double($0["y"] ?? "") }
                return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
            }
        }
        let crossovers = clusters.map { cluster in
            cluster.filter { $0["treat"] == "1" }.compactMap { Int($0["period"] ?? "") }.min() ?? periods
        }
        return (means, try #require(SteppedWedgeDesign(crossovers: crossovers, periods: periods)))
    }

    @Test("The variance of a design agrees with Hussey and Hughes's formula in R")
    func closedForm() throws {
        let (value, tolerance) = try Reference.oracle("rollout_sw", "sw.hh.closed_form")
        let design = try Self.data().design
        var agreement = Agreement(with: "rollout_sw.sw.hh.closed_form", within: tolerance)
        agreement.expect(design.sums.all, value["U"].number, "U")
        agreement.expect(design.sums.byPeriod, value["W"].number, "W")
        agreement.expect(design.sums.byCluster, value["V"].number, "V")
        agreement.expect(
            design.varianceOfEffect(errorVariance: 4.0 / 20, betweenVariance: 0.64), value["var"].number, "variance")
        agreement.conclude()
    }

    @Test("Differences within periods agree with R, each and together")
    func vertical() throws {
        let (value, tolerance) = try Reference.oracle("rollout_sw", "sw.vertical")
        let (means, design) = try Self.data()
        let analysis = try VerticalAnalysis(means, design: design)
        var agreement = Agreement(with: "rollout_sw.sw.vertical", within: tolerance)
        agreement.expect(analysis.estimate, value["est"].number, "estimate")
        agreement.expect(analysis.periods.map(\.estimate), value["period_est"].column, "periods")
        agreement.expect(analysis.periods.map(\.weight), value["weight"].column, "weights")
        agreement.conclude()
    }

    /// R 4.2, lmerTest 3.1: m is aggregate(y ~ cluster + period + treat, stepped_wedge.csv, mean);
    /// summary(lmer(y ~ treat + factor(period) + (1 | cluster), m), ddf = "Kenward-Roger").
    @Test("The mixed model of the clusters' means agrees with R, error and degrees of freedom too")
    func model() throws {
        let (means, design) = try Self.data()
        let panel = try SitePanel(
            periods: Array(0..<design.periods), values: means, begun: design.crossovers.map(Optional.some))
        let effect = try WedgeModel(panel).effect
        #expect(effect.estimate.isNear(0.5270555762154, within: 1e-6))
        #expect(effect.standardError.isNear(0.2222026421429, within: 1e-6))
        #expect(try #require(effect.degrees).isNear(71.0958744713154, within: 1e-5))
    }
}

@Suite("Stepped wedges")
struct SteppedWedgeTests {
    private static func means(_ seed: UInt64, crossovers: [Int], periods: Int, effect: Double) -> [[Double?]] {
        var random = SeededGenerator(seed: seed)
        return crossovers.map { crossover in
            (0..<periods).map { period in
                Double.random(in: -1...1, using: &random) + Double(period) + (period >= crossover ? effect : 0)
            }
        }
    }

    /// Hussey and Hughes's model with dummies, its covariance matrix inverted: the slow path of the formula.
    @Test("The closed form is that of generalised least squares with the whole matrix")
    func dense() throws {
        for (crossovers, periods) in [([1, 2, 3], 4), ([1, 1, 2, 2, 4], 4), ([0, 2, 3, 3], 5)] {
            let design = try #require(SteppedWedgeDesign(crossovers: crossovers, periods: periods))
            let (error, between) = (0.3, 0.7)
            let n = crossovers.count * periods
            var covariance = SymmetricMatrix(order: n)
            for i in 0..<n {
                for j in 0...i where i / periods == j / periods { covariance[i, j] = between + (i == j ? error : 0) }
            }
            let inverse = SymmetricFactors(covariance).inverse()
            var columns = (0..<periods).map { period in (0..<n).map { $0 % periods == period ? 1.0 : 0 } }
            columns.append((0..<n).map { design.isTreated(cluster: $0 / periods, period: $0 % periods) ? 1 : 0 })
            var information = SymmetricMatrix(order: columns.count)
            for (i, column) in columns.enumerated() {
                let turned = inverse.times(column)
                for j in 0...i { information[i, j] = zip(turned, columns[j]).reduce(0) { $0 + $1.0 * $1.1 } }
            }
            let expected = SymmetricFactors(information).inverse()[periods, periods]
            let found = try #require(design.varianceOfEffect(errorVariance: error, betweenVariance: between))
            #expect(found.isNear(expected))
            let effect = try #require(design.detectableEffect(variance: found))
            #expect((effect / found.squareRoot()).isNear(2.801585, within: 1e-6))
        }
    }

    @Test("Designs that can tell nothing, or are none, say so")
    func refusals() throws {
        #expect(SteppedWedgeDesign(crossovers: [], periods: 3) == nil)
        #expect(SteppedWedgeDesign(crossovers: [1], periods: 0) == nil)
        #expect(SteppedWedgeDesign(crossovers: [4], periods: 3) == nil)
        #expect(SteppedWedgeDesign(crossovers: [-1], periods: 3) == nil)
        let same = try #require(SteppedWedgeDesign(crossovers: [1, 1], periods: 3))
        #expect(same.varianceOfEffect(errorVariance: 1, betweenVariance: 1) == nil)
        #expect(same.varianceOfEffect(errorVariance: -1, betweenVariance: 1) == nil)
        #expect(throws: VerticalAnalysis.Failure.noComparison) {
            try VerticalAnalysis([[1, 2, 3], [2, 3, 4]], design: same)
        }
        #expect(throws: VerticalAnalysis.Failure.impossibleMeans) { try VerticalAnalysis([[1, 2, 3]], design: same) }
        #expect(throws: VerticalAnalysis.Failure.impossibleMeans) {
            try VerticalAnalysis([[1, 2, 3], [2, .nan, 4]], design: same)
        }
        let wedge = try #require(SteppedWedgeDesign(crossovers: [1, 2, 3], periods: 3))
        #expect(throws: VerticalAnalysis.Failure.noVariation) {
            try VerticalAnalysis([[1, 2, 3], [1, 2, 3], [1, 2, 3]], design: wedge)
        }
    }

    @Test("Every deal of sequences is gone through once")
    func enumeration() {
        let orders = MultisetPermutations.all(of: [2, 1, 1, 3, 3])
        #expect(orders.count == 30 && Set(orders).count == 30)
        #expect(MultisetPermutations.count(of: [2, 1, 1, 3, 3], atMost: 30) == 30)
        #expect(MultisetPermutations.count(of: [2, 1, 1, 3, 3], atMost: 29) == nil)
        #expect(MultisetPermutations.count(of: Array(0..<60), atMost: .max) == nil)
        #expect(MultisetPermutations.count(of: [7, 7, 7], atMost: 1) == 1)
    }

    @Test("A large effect of six clusters has the smallest p there is; its interval holds it, and moves with it")
    func permutation() throws {
        let crossovers = [1, 2, 3, 4, 5, 6]
        let design = try #require(SteppedWedgeDesign(crossovers: crossovers, periods: 7))
        var random = SeededGenerator(seed: 1)
        let means = Self.means(2, crossovers: crossovers, periods: 7, effect: 5)
        let test = try SequencePermutation(means, design: design, using: &random)
        #expect(test.isExact && test.allocations == 720)
        #expect(test.p <= 2.0 / 720 + 1e-12)
        let interval = try #require(test.interval())
        #expect(interval.lower < test.analysis.estimate && test.analysis.estimate < interval.upper)
        #expect(interval.lower > 2 && interval.upper < 8)
        let more = Self.means(2, crossovers: crossovers, periods: 7, effect: 7)
        let other = try #require(try SequencePermutation(more, design: design, using: &random).interval())
        #expect(other.lower.isNear(interval.lower + 2, within: 1e-2))
        #expect(other.upper.isNear(interval.upper + 2, within: 1e-2))
        // Relabelled clusters, and periods that all move, are the same trial.
        let turned = try SequencePermutation(
            means.reversed().map { $0.enumerated().map { $1.map { value in value + 100 } } },
            design: try #require(SteppedWedgeDesign(crossovers: crossovers.reversed(), periods: 7)), using: &random)
        #expect(turned.p == test.p && turned.analysis.estimate.isNear(test.analysis.estimate))
    }

    @Test("Without an effect p is spread evenly; drawn, it is near the exact one; few deals give no interval")
    func size() throws {
        let crossovers = [1, 1, 2, 2, 3, 3]
        let design = try #require(SteppedWedgeDesign(crossovers: crossovers, periods: 4))
        var random = SeededGenerator(seed: 4)
        var small = 0
        for seed in 0..<200 {
            let means = Self.means(UInt64(100 + seed), crossovers: crossovers, periods: 4, effect: 0)
            let exact = try SequencePermutation(means, design: design, using: &random)
            #expect(exact.isExact && exact.allocations == 90)
            if exact.p <= 0.2 { small += 1 }
            guard seed < 5 else { continue }
            let drawn = try SequencePermutation(
                means, design: design, limits: .init(mostExact: 10, draws: 4000), using: &random)
            #expect(!drawn.isExact && drawn.allocations == 4001 && abs(drawn.p - exact.p) < 0.04)
        }
        #expect((22...60).contains(small))
        let few = try #require(SteppedWedgeDesign(crossovers: [1, 2, 3], periods: 4))
        let test = try SequencePermutation(
            Self.means(5, crossovers: [1, 2, 3], periods: 4, effect: 9), design: few, using: &random)
        #expect(test.allocations == 6 && test.interval() == nil)
    }

    @Test("A cluster's missing periods are left out")
    func missing() throws {
        let design = try #require(SteppedWedgeDesign(crossovers: [1, 2, 3, 4], periods: 4))
        var means = Self.means(6, crossovers: [1, 2, 3, 4], periods: 4, effect: 1)
        let whole = try VerticalAnalysis(means, design: design)
        means[0][0] = nil
        #expect(try VerticalAnalysis(means, design: design) == whole)
        means[0][2] = nil
        #expect(try VerticalAnalysis(means, design: design).periods[1].treated == 1)
    }
}
