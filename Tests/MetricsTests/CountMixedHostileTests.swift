import Testing

@testable import Metrics

@Suite("What mixed models make of impossible and extreme data")
struct CountMixedHostileTests {
    private static let ways: [CountMixedModel.Integration] = [.laplace, .quadrature(points: 9)]

    private func data(_ counts: [Double], clusters: [Int], members: [Int]? = nil) -> ClusteredCounts {
        ClusteredCounts(columns: [counts.map { _ in 1 }], counts: counts, clusters: clusters, members: members)
    }

    /// A fit holds finite numbers only; or there is a reason.
    private func expectHonest(_ result: Result<CountMixedModel, CountMixedModel.Failure>, _ what: String) {
        guard let fit = try? result.get() else { return }
        let numbers =
            fit.coefficients + fit.standardErrors + [fit.deviance, fit.clusterDeviation, fit.memberDeviation ?? 0]
            + fit.clusterEffects.flatMap { [$0.mode, $0.conditionalDeviation, $0.predictionDeviation] }
            + fit.memberEffects.flatMap { [$0.mode, $0.conditionalDeviation, $0.predictionDeviation] }
        #expect(numbers.allSatisfy { $0.isFinite }, "\(what)")
        #expect(fit.standardErrors.allSatisfy { $0 > 0 }, "\(what)")
    }

    @Test("One cluster, one member, nothing at all: too few clusters", arguments: ways)
    func tooFew(way: CountMixedModel.Integration) {
        let fit = { (data: ClusteredCounts) in CountMixedModel.fit(data, family: .binomial, integration: way).failure }
        #expect(fit(data([], clusters: [])) == .tooFewClusters)
        #expect(fit(data([1, 0, 1, 0], clusters: [4, 4, 4, 4])) == .tooFewClusters)
        #expect(fit(data([1, 0, 1, 0], clusters: [4, 4, 4, 4], members: [1, 1, 2, 2])) == .tooFewClusters)
    }

    @Test("Nothing happened, or everything: no variation", arguments: ways)
    func constant(way: CountMixedModel.Integration) {
        for outcome in [0.0, 1] {
            let data = data(Array(repeating: outcome, count: 12), clusters: (0..<12).map { $0 % 3 })
            #expect(CountMixedModel.fit(data, family: .binomial, integration: way).failure == .noVariation)
        }
        let none = data(Array(repeating: 0, count: 12), clusters: (0..<12).map { $0 % 3 })
        #expect(CountMixedModel.fit(none, family: .poisson, integration: way).failure == .noVariation)
    }

    @Test("Columns that follow from others are named; an empty arm is one")
    func dependent() {
        var data = data([1, 0, 1, 0, 1, 1, 0, 0], clusters: [0, 0, 1, 1, 2, 2, 3, 3])
        let visit = [0.0, 1, 0, 1, 0, 1, 0, 1]
        data.columns = [data.columns[0], visit, visit.map { 3 - 2 * $0 }]
        #expect(CountMixedModel.fit(data, family: .binomial).failure == .dependentColumns([2]))
        data.columns[2] = visit.map { _ in 0 }
        #expect(CountMixedModel.fit(data, family: .binomial).failure == .dependentColumns([2]))
        #expect(
            PenalisedLogistic.firth(columns: data.columns, counts: data.counts).failure == .dependentColumns([2]))
    }

    @Test("Numbers that cannot be")
    func impossible() {
        let good = data([1, 0, 1, 0], clusters: [0, 0, 1, 1])
        func expectRefused(_ change: (inout ClusteredCounts) -> Void) {
            var bad = good
            change(&bad)
            for family in [MixedFamily.binomial, .poisson] {
                #expect(CountMixedModel.fit(bad, family: family).failure == .impossibleCounts)
            }
        }
        expectRefused { $0.counts[1] = -1 }
        expectRefused { $0.counts[1] = .nan }
        expectRefused { $0.columns[0][2] = .infinity }
        expectRefused { $0.sizes = [1, 1, 0, 1] }
        expectRefused { $0.logOffset = [0, 0, .nan, 0] }
        expectRefused { $0.clusters.removeLast() }
        expectRefused { $0.members = [1] }
        expectRefused { $0.columns = [] }
        var more = good
        more.sizes = [1, 1, 0.5, 1]
        #expect(CountMixedModel.fit(more, family: .binomial).failure == .impossibleCounts)
        for points in [-1, 0, 201] {
            let result = CountMixedModel.fit(good, family: .binomial, integration: .quadrature(points: points))
            #expect(result.failure == .impossiblePoints)
        }
    }

    @Test("Every cluster all of one kind: a spread without bound is no number", arguments: ways)
    func extremes(way: CountMixedModel.Integration) {
        let data = data(
            (0..<80).map { Double($0 / 10 % 2) }, clusters: (0..<80).map { $0 / 10 })
        let result = CountMixedModel.fit(data, family: .binomial, integration: way)
        expectHonest(result, "one kind")
        // Quadrature bounds it by its own points; what is told is then told with its width.
        if let fit = try? result.get() { #expect(fit.clusterDeviation > 3) }
    }

    @Test("Clusters of one member each: nothing tells the two spreads apart")
    func notIdentified() throws {
        // Nine in ten of every other cluster, one in ten of the rest.
        let clusters = (0..<80).map { $0 / 10 }
        let counts = (0..<80).map { ($0 % 10 == 0) == ($0 / 10 % 2 == 0) ? 0.0 : 1 }
        let alone = try CountMixedModel.fit(data(counts, clusters: clusters), family: .binomial).get()
        #expect(alone.clusterDeviation > 1)
        let both = data(counts, clusters: clusters, members: clusters)
        #expect(CountMixedModel.fit(both, family: .binomial).failure == .notIdentified)
    }

    @Test("A visit at which nobody of one arm is positive among several: separated, however many others there are")
    func oneCell() {
        var generator = SeededGenerator(seed: 4)
        var data = generator.visits(clusters: 10, members: 20, visits: 3, deviations: (0.3, 0.8))
        data.columns.append(zip(data.columns[1], data.columns[2]).map { $0 == 1 && $1 == 2 ? 1 : 0 })
        for row in data.counts.indices where data.columns[3][row] == 1 { data.counts[row] = 0 }
        for way in Self.ways {
            #expect(CountMixedModel.fit(data, family: .binomial, integration: way).failure == .separated)
            #expect(CountMixedModel.fit(data, family: .poisson, integration: way).failure == .separated)
        }
    }

    @Test("Counts from 1 to millions side by side, rates from rare to certain", arguments: ways)
    func sizes(way: CountMixedModel.Integration) throws {
        let sizes: [Double] = [1, 3, 2_900_000, 40, 17, 5e8, 2, 1_000]
        let shares = [0, 1.0 / 3, 0.12, 0.2, 0, 0.09, 1, 0.111]
        var data = data(zip(sizes, shares).map { ($0 * $1).rounded() }, clusters: Array(sizes.indices))
        data.sizes = sizes
        let fit = try CountMixedModel.fit(data, family: .binomial, integration: way).get()
        expectHonest(.success(fit), "sizes")
        // A site of millions keeps its own share.
        let own = fit.coefficients[0] + fit.clusterEffects[2].mode
        #expect((1 / (1 + Double.exp(-own))).isNear(0.12, within: 1e-4))

        data.logOffset = sizes.map { .log($0) }
        data.sizes = nil
        let rates = try CountMixedModel.fit(data, family: .poisson, integration: way).get()
        expectHonest(.success(rates), "rates")
        #expect(Double.exp(rates.coefficients[0] + rates.clusterEffects[2].mode).isNear(0.12, within: 1e-4))
    }

    @Test("Members seen once each, clusters of one member, offsets far from 0: a number or a reason", arguments: ways)
    func thin(way: CountMixedModel.Integration) {
        var generator = SeededGenerator(seed: 11)
        for trial in 0..<25 {
            var data = generator.visits(
                clusters: 2 + trial % 5, members: 1 + trial % 4, visits: 1 + trial % 3, deviations: (1, 1))
            if trial % 2 == 0 { data.logOffset = data.counts.map { _ in Double(trial * 4 - 50) } }
            for family in [MixedFamily.binomial, .poisson] {
                expectHonest(CountMixedModel.fit(data, family: family, integration: way), "trial \(trial)")
                data.members = nil
                expectHonest(CountMixedModel.fit(data, family: family, integration: way), "trial \(trial), clusters")
            }
        }
    }

    @Test("Firth's estimates of two by two tables are those of half a case more in each cell")
    func firthOfTable() throws {
        for (a, b) in [(0.0, 5.0), (3, 5), (0, 0), (12, 12)] {
            let fit = try PenalisedLogistic.firth(
                columns: [[1, 1], [0, 1]], counts: [a, b], sizes: [12, 12]
            ).get()
            let logit = { (x: Double) in Double.log((x + 0.5) / (12.5 - x)) }
            #expect(fit.coefficients[0].isNear(logit(a), within: 1e-9))
            #expect((fit.coefficients[0] + fit.coefficients[1]).isNear(logit(b), within: 1e-9))
        }
    }

    @Test("A t test of few degrees is wider than z; without degrees left there is none; unlike models are not compared")
    func inference() throws {
        var generator = SeededGenerator(seed: 2)
        let data = generator.visits(clusters: 6, members: 15, visits: 4, deviations: (0.5, 1))
        let fit = try CountMixedModel.fit(data, family: .binomial).get()
        let degrees = try #require(fit.clusterDegrees(coefficients: 2))
        #expect(degrees == 4)
        let z = try #require(fit.contrast([0, 1, 0], degrees: nil))
        let t = try #require(fit.contrast([0, 1, 0], degrees: degrees))
        #expect(z.estimate == fit.coefficients[1] && z.standardError.isNear(fit.standardErrors[1]))
        #expect(t.p > z.p && t.interval.lower < z.interval.lower && t.interval.upper > z.interval.upper)
        #expect(t.interval.upper.isNear(t.estimate + 2.776445105 * t.standardError, within: 1e-8))
        #expect(fit.clusterDegrees(coefficients: 6) == nil)
        #expect(fit.contrast([0, 0, 0], degrees: nil) == nil)
        #expect(fit.contrast([1], degrees: nil) == nil)
        #expect(fit.contrast([0, 1, 0], degrees: 4, level: 1) == nil)
        #expect(fit.marginalMean(.init([])) == nil && fit.marginalMean(.init([[1, 0]])) == nil)
        var smaller = data
        smaller.columns.removeLast()
        let poisson = try CountMixedModel.fit(smaller, family: .poisson).get()
        #expect(fit.likelihoodRatio(against: poisson) == nil && poisson.latentCorrelation(.cluster) == nil)
        smaller.members = nil
        let ofClusters = try CountMixedModel.fit(smaller, family: .binomial).get()
        #expect(fit.likelihoodRatio(against: ofClusters) == nil)
    }
}
