import Testing

@testable import Metrics

@Suite("Properties of proportional hazards")
struct CoxPropertyTests {
    private static let seeds = Array(UInt64(701)...706)

    private func subjects(_ seed: UInt64) -> [CoxSubject] {
        var random = SeededGenerator(seed: seed)
        return random.spells(120, delayed: true).enumerated().map { index, spell in
            CoxSubject(
                entry: spell.entry, exit: spell.exit, hasEvent: spell.reason != nil,
                covariates: [
                    Double.random(in: 20...60, using: &random), Double(Int.random(in: 0...1, using: &random)),
                ],
                stratum: index % 3, cluster: index % 20)
        }
    }

    private func changed(_ subjects: [CoxSubject], _ change: (CoxSubject) -> CoxSubject) throws -> CoxRegression {
        try CoxRegression.fit(subjects.map(change)).get()
    }

    @Test("Order, names of strata and clusters, and any rising scale of time change nothing", arguments: seeds)
    func relabelling(seed: UInt64) throws {
        let subjects = subjects(seed)
        let fit = try CoxRegression.fit(subjects).get()
        let other = try changed(subjects.reversed()) {
            CoxSubject(
                entry: $0.entry * $0.entry, exit: $0.exit * $0.exit, hasEvent: $0.hasEvent, covariates: $0.covariates,
                stratum: 9 - $0.stratum, cluster: $0.cluster.map { 500 - $0 })
        }
        for column in 0..<2 {
            #expect(other.coefficients[column].isNear(fit.coefficients[column], within: 1e-8))
            #expect(other.covariance[column, column].isNear(fit.covariance[column, column], within: 1e-8))
            let (robust, same) = (try #require(fit.robustCovariance), try #require(other.robustCovariance))
            #expect(same[column, column].isNear(robust[column, column], within: 1e-8))
        }
        #expect(other.logLikelihood.isNear(fit.logLikelihood, within: 1e-9))
    }

    @Test("A covariate in another unit, from another origin, has its coefficient in that unit", arguments: seeds)
    func scaling(seed: UInt64) throws {
        let subjects = subjects(seed)
        let fit = try CoxRegression.fit(subjects).get()
        let other = try changed(subjects) {
            CoxSubject(
                entry: $0.entry, exit: $0.exit, hasEvent: $0.hasEvent,
                covariates: [$0.covariates[0] / 10 - 7, $0.covariates[1]], stratum: $0.stratum, cluster: $0.cluster)
        }
        #expect(other.coefficients[0].isNear(10 * fit.coefficients[0], within: 1e-8))
        #expect(other.coefficients[1].isNear(fit.coefficients[1], within: 1e-8))
        #expect(other.logLikelihood >= other.nullLogLikelihood)
    }

    @Test(
        "Everybody twice, by Breslow: the same coefficients, half the variance, the same with clients as clusters",
        arguments: seeds)
    func duplication(seed: UInt64) throws {
        let subjects = subjects(seed)
        let fit = try CoxRegression.fit(subjects, ties: .breslow).get()
        let twice = try CoxRegression.fit(subjects + subjects, ties: .breslow).get()
        for column in 0..<2 {
            #expect(twice.coefficients[column].isNear(fit.coefficients[column], within: 1e-8))
            #expect((2 * twice.covariance[column, column]).isNear(fit.covariance[column, column], within: 1e-8))
            let (robust, same) = (try #require(fit.robustCovariance), try #require(twice.robustCovariance))
            #expect(same[column, column].isNear(robust[column, column], within: 1e-8))
        }
    }

    @Test("Nobody, no event, one event, a covariate that never varies: words, and no number that is none")
    func edges() throws {
        #expect((try? CoxRegression.fit([]).get()) == nil)
        let still = (1...9).map { CoxSubject(exit: Double($0), hasEvent: false, covariates: [Double($0 % 2)]) }
        guard case .failure(.noVariation) = CoxRegression.fit(still) else {
            Issue.record("a fit without events")
            return
        }
        let same = (1...9).map { CoxSubject(exit: Double($0), hasEvent: true, covariates: [1]) }
        guard case .failure(.noVariation) = CoxRegression.fit(same) else {
            Issue.record("a fit on a covariate that never varies")
            return
        }
        let once = (1...9).map { CoxSubject(exit: 5, hasEvent: $0 > 3, covariates: [Double($0 % 2)]) }
        let test = ProportionalityTest(try CoxRegression.fit(once).get())
        #expect(test.global.statistic == 0 && test.global.p == nil && test.covariates[0].p == nil)
    }
}
