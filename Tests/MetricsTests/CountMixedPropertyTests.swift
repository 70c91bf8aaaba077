import Testing

@testable import Metrics

@Suite("Properties of mixed logistic models")
struct CountMixedPropertyTests {
    private static let ways: [CountMixedModel.Integration] = [.laplace, .quadrature(points: 9)]

    private func data(seed: UInt64 = 5, members: Bool = true) -> ClusteredCounts {
        var generator = SeededGenerator(seed: seed)
        var data = generator.visits(clusters: 7, members: 12, visits: 4, deviations: (0.6, 1.2))
        if !members { data.members = nil }
        return data
    }

    private func fit(_ data: ClusteredCounts, _ way: CountMixedModel.Integration = .laplace) throws -> CountMixedModel {
        try CountMixedModel.fit(data, family: .binomial, integration: way).get()
    }

    private func expectSame(_ one: CountMixedModel, _ other: CountMixedModel, within tolerance: Double = 1e-8) {
        #expect(one.deviance.isNear(other.deviance, within: tolerance))
        #expect(one.clusterDeviation.isNear(other.clusterDeviation, within: tolerance))
        #expect((one.memberDeviation ?? 0).isNear(other.memberDeviation ?? 0, within: tolerance))
        #expect(zip(one.coefficients, other.coefficients).allSatisfy { $0.isNear($1, within: tolerance) })
        #expect(zip(one.standardErrors, other.standardErrors).allSatisfy { $0.isNear($1, within: tolerance) })
    }

    @Test("Neither the order of rows nor the names of clusters and members matter", arguments: ways, [true, false])
    func order(way: CountMixedModel.Integration, members: Bool) throws {
        let data = data(members: members)
        var generator = SeededGenerator(seed: 3)
        let order = data.counts.indices.shuffled(using: &generator)
        var shuffled = data
        shuffled.columns = data.columns.map { column in order.map { column[$0] } }
        shuffled.counts = order.map { data.counts[$0] }
        shuffled.clusters = order.map { 1_000 - 3 * data.clusters[$0] }
        shuffled.members = data.members.map { members in order.map { -members[$0] } }
        let (one, other) = (try fit(data, way), try fit(shuffled, way))
        expectSame(one, other)
        let modes = Dictionary(uniqueKeysWithValues: one.clusterEffects.map { (1_000 - 3 * $0.unit, $0.mode) })
        #expect(other.clusterEffects.allSatisfy { $0.mode.isNear(modes[$0.unit] ?? .nan, within: 1e-8) })
    }

    @Test("Rows alike may come one by one or counted; the likelihood differs by a constant", arguments: ways)
    func counted(way: CountMixedModel.Integration) throws {
        var single = data(members: false)
        single.columns.removeLast()
        struct Key: Hashable { let cluster: Int, arm: Double }
        let cells = Dictionary(grouping: single.counts.indices) {
            Key(cluster: single.clusters[$0], arm: single.columns[1][$0])
        }.sorted { $0.key.cluster < $1.key.cluster }
        var counted = ClusteredCounts(
            columns: [cells.map { _ in 1 }, cells.map(\.key.arm)],
            counts: cells.map { $0.value.reduce(0) { $0 + single.counts[$1] } }, clusters: cells.map(\.key.cluster))
        counted.sizes = cells.map { Double($0.value.count) }
        let (one, other) = (try fit(single, way), try fit(counted, way))
        let constant = zip(counted.counts, counted.sizes ?? []).reduce(0.0) {
            $0 + MixedFamily.binomial.constant(count: $1.0, size: $1.1)
        }
        #expect((other.deviance + 2 * constant).isNear(one.deviance, within: 1e-9))
        #expect(zip(one.standardErrors, other.standardErrors).allSatisfy { $0.isNear($1, within: 1e-8) })
        #expect(one.clusterDeviation.isNear(other.clusterDeviation, within: 1e-8))
    }

    @Test("Twice as many clusters: the same coefficients, errors smaller by √2, twice the deviance", arguments: ways)
    func duplication(way: CountMixedModel.Integration) throws {
        let data = data()
        var twice = data
        twice.columns = data.columns.map { $0 + $0 }
        twice.counts += data.counts
        twice.clusters += data.clusters.map { $0 + 100 }
        twice.members = data.members.map { $0 + $0 }
        let (one, two) = (try fit(data, way), try fit(twice, way))
        #expect(two.deviance.isNear(2 * one.deviance, within: 1e-9))
        #expect(zip(one.coefficients, two.coefficients).allSatisfy { $0.isNear($1, within: 1e-7) })
        #expect(
            zip(one.standardErrors, two.standardErrors).allSatisfy { $0.isNear($1 * 2.0.squareRoot(), within: 1e-7) })
        #expect(two.members == (one.members ?? 0) * 2)
    }

    @Test("A covariate in other units or from another origin, e.g. a year, changes its coefficient as it should")
    func scale() throws {
        let data = data()
        var other = data
        other.columns[2] = data.columns[2].map { 2013 + $0 / 12 }
        let (one, two) = (try fit(data), try fit(other))
        #expect(one.deviance.isNear(two.deviance, within: 1e-9))
        #expect(two.coefficients[2].isNear(12 * one.coefficients[2], within: 1e-6))
        #expect(two.standardErrors[2].isNear(12 * one.standardErrors[2], within: 1e-6))
        let (then, now) = (one.contrast([1, 0, 1], degrees: 5), two.contrast([1, 0, 2013 + 1.0 / 12], degrees: 5))
        let (first, second) = (try #require(then), try #require(now))
        #expect(first.standardError.isNear(second.standardError, within: 1e-6))
    }

    @Test("Failures counted instead of successes: all signs turn")
    func mirrored() throws {
        var other = data()
        other.counts = other.counts.map { 1 - $0 }
        let (one, two) = (try fit(data()), try fit(other))
        #expect(one.deviance.isNear(two.deviance, within: 1e-10))
        #expect(zip(one.coefficients, two.coefficients).allSatisfy { $0.isNear(-$1, within: 1e-7) })
        let profile = CountMixedModel.Profile([[1, 1, 2]])
        let (share, rest) = (one.marginalMean(profile), two.marginalMean(profile))
        let (first, second) = (try #require(share), try #require(rest))
        #expect((first.estimate + second.estimate).isNear(1))
        #expect(first.standardError.isNear(second.standardError, within: 1e-7))
    }

    @Test("An offset added to all moves the intercept alone, and time at risk the rate")
    func offset() throws {
        var other = data()
        other.logOffset = other.counts.map { _ in 0.7 }
        for family in [MixedFamily.binomial, .poisson] {
            let one = try CountMixedModel.fit(data(), family: family).get()
            let two = try CountMixedModel.fit(other, family: family).get()
            #expect(one.coefficients[0].isNear(two.coefficients[0] + 0.7, within: 1e-7))
            #expect(one.coefficients[1].isNear(two.coefficients[1], within: 1e-7))
            #expect(one.deviance.isNear(two.deviance, within: 1e-10))
        }
    }

    @Test("Clusters that do not differ: the variance is 0, and the fit that of a plain logistic regression")
    func alike() throws {
        var data = data(members: false)
        data.clusters = data.counts.indices.map { $0 % 6 }
        // Within each cluster the same rows: positive, negative, and so on.
        data.columns = [data.counts.map { _ in 1 }]
        data.counts = data.counts.indices.map { Double($0 / 6 % 2) }
        for way in Self.ways {
            let fit = try fit(data, way)
            #expect(fit.clusterDeviation == 0 && fit.convergence.variancesAtZero == [.cluster])
            let share = data.counts.reduce(0, +) / Double(data.counts.count)
            #expect(fit.coefficients[0].isNear(.log(share / (1 - share)), within: 1e-9))
            let error = 1 / (Double(data.counts.count) * share * (1 - share)).squareRoot()
            #expect(fit.standardErrors[0].isNear(error, within: 1e-9))
            #expect(fit.clusterEffects.allSatisfy { $0.mode == 0 && $0.conditionalDeviation == 0 })
        }
    }

    @Test("The maximum is one: nearby parameters are less likely", arguments: 1...12)
    func maximum(seed: Int) throws {
        let data = data(seed: UInt64(seed))
        let problem = try MixedProblem(data, .binomial)
        let fit = try fit(data)
        let best =
            problem.scale.scaled(coefficients: fit.coefficients)
            + [fit.clusterDeviation, try #require(fit.memberDeviation)]
        for place in best.indices {
            for step in [-0.02, 0.02] {
                var moved = best
                moved[place] = place < 3 ? moved[place] + step : max(0, moved[place] + step)
                let there = try #require(LaplaceCriterion(problem.tree).derivatives(at: moved))
                #expect(there.value >= fit.deviance - 1e-9)
            }
        }
        #expect(fit.convergence.remaining < 1e-10 && fit.convergence.iterations < 40)
    }

    @Test("A population's share is the integral over the effects, however wide they are")
    func population() throws {
        for deviation in [0.0, 0.5, 2, 4] {
            let model = CountMixedModel.known([0.4, -1], ofCluster: deviation)
            let mean = try #require(model.marginalMean(.init([[1, 1]])))
            let grid = stride(from: -9.0, through: 9, by: 0.001)
            let exact = grid.reduce(0.0) {
                $0 + 0.001 * .exp(-$1 * $1 / 2) / (2 * Double.pi).squareRoot() / (1 + .exp(0.6 - deviation * $1))
            }
            #expect(mean.estimate.isNear(exact, within: 1e-10))
            let (slope, step) = (MixedFamily.binomial.averaged(-0.6, deviation: deviation), 1e-5)
            let about = [-step, step].map { MixedFamily.binomial.averaged(-0.6 + $0, deviation: deviation).value }
            #expect(slope.byCenter.isNear((about[1] - about[0]) / (2 * step), within: 1e-8))
            let wider = [-step, step].map { MixedFamily.binomial.averaged(-0.6, deviation: deviation + $0).value }
            #expect(slope.byDeviation.isNear((wider[1] - wider[0]) / (2 * step), within: 1e-8))
            let none = try #require(model.marginalDifference(.init([[1, 1]]), less: .init([[1, 1]])))
            #expect(none.estimate == 0 && none.standardError < 1e-12)
        }
    }
}

extension CountMixedModel {
    /// A model of known parameters.
    fileprivate static func known(_ coefficients: [Double], ofCluster deviation: Double) -> CountMixedModel {
        var covariance = SymmetricMatrix(order: coefficients.count + 1)
        for index in 0...coefficients.count { covariance[index, index] = 0.01 }
        return CountMixedModel(
            family: .binomial, integration: .laplace, coefficients: coefficients, clusterDeviation: deviation,
            memberDeviation: nil, covariance: covariance, deviance: 0,
            convergence: Convergence(iterations: 0, remaining: 0, criterion: 0, variancesAtZero: []), rows: 0,
            clusters: 0, members: nil, clusterEffects: [], memberEffects: [])
    }
}
