import Ingest
import Testing

@testable import Monitor

/// The published figures are those of 2009–2011 in Bull WHO 2013;91:130–135, table 2, unless another source is named.
@Suite("The sample's rates")
struct SampleCalibrationTests {
    /// The agreement is no luck of one seed.
    private static let seeds: [UInt64] = [SampleFixture.seed, 1]
    private static let programmes = Dictionary(
        uniqueKeysWithValues: seeds.map { seed in
            (seed, Result { try seed == SampleFixture.seed ? SampleFixture.programme.get() : fullSize(seed: seed) })
        })

    private static func fullSize(seed: UInt64) throws -> SampleProgramme {
        try SampleProgramme(seed: seed, lastMonth: Month(2025, 12))
    }

    /// Months before any clinic is trained (`SampleRollout`), which is meant to keep more clients in treatment.
    private static let untrained = 0..<SampleRollout.starts(months: 48).lowerBound

    private func programme(_ seed: UInt64) throws -> SampleProgramme { try #require(Self.programmes[seed]).get() }

    /// The sum of a column over all clinics and a range of months.
    private func sum(_ column: SampleColumn, _ programme: SampleProgramme, _ months: Range<Int>) -> Double {
        programme.history.counts.reduce(0.0) { total, clinic in
            total + months.reduce(0.0) { $0 + Double(clinic[$1]?[column] ?? 0) }
        }
    }

    private func ratio(
        _ part: SampleColumn, _ whole: SampleColumn, _ programme: SampleProgramme, _ months: Range<Int>
    ) -> Double { sum(part, programme, months) / sum(whole, programme, months) }

    @Test("Clients per clinic at the end: mean 190 published, from 1 to 1,367", arguments: seeds)
    func caseload(_ seed: UInt64) throws {
        let programme = try programme(seed)
        let last = programme.history.counts.compactMap { $0[47]?[.closing] }.sorted()
        let mean = Double(last.reduce(0, +)) / Double(last.count)
        #expect((175...210).contains(mean))
        #expect((900...1400).contains(last[last.count - 1]))
        #expect(last[0] < 5)
        // A long right tail.
        #expect(Double(last[last.count / 2]) < 0.9 * mean)
    }

    @Test("Annual retention lies between the lowest and highest published, 65.6 and 75.8 %", arguments: seeds)
    func poolRetention(_ seed: UInt64) throws {
        let programme = try programme(seed)
        let years = stride(from: 0, to: Self.untrained.count / 12 * 12, by: 12).map { start in
            let seen = programme.history.firstSeenThisYear[start..<start + 12].reduce(0, +)
            return sum(.closing, programme, start + 11..<start + 12) / Double(seen)
        }
        #expect(years.allSatisfy { (0.680...0.758).contains($0) }, "\(years)")
        #expect((0.695...0.745).contains(years.reduce(0, +) / Double(years.count)), "\(years)")
    }

    @Test("Mean dose grows from 53.3 to 58.6 mg", arguments: seeds)
    func dose(_ seed: UInt64) throws {
        let programme = try programme(seed)
        let doses = stride(from: 0, to: 48, by: 12).map { ratio(.methadoneMg, .clientDays, programme, $0..<$0 + 12) }
        #expect(doses == doses.sorted())
        #expect((51.8...54.8).contains(doses[0]), "\(doses)")
        #expect((57.1...60.1).contains(doses[3]), "\(doses)")
    }

    @Test("Concurrent use is about 24 %, slightly falling", arguments: seeds)
    func concurrentUse(_ seed: UInt64) throws {
        let programme = try programme(seed)
        let shares = stride(from: 0, to: 48, by: 12).map {
            ratio(.clientsPositive, .clientsTested, programme, $0..<$0 + 12)
        }
        #expect(shares.allSatisfy { (0.225...0.260).contains($0) }, "\(shares)")
        #expect(shares[3] < shares[0])
    }

    @Test("Cohort retention at 6 months is about 47.5 % (Sullivan 2015), and falls from 3 to 12", arguments: seeds)
    func cohortRetention(_ seed: UInt64) throws {
        let programme = try programme(seed)
        let three = ratio(.cohort3In, .cohort3Entered, programme, Self.untrained)
        let six = ratio(.cohort6In, .cohort6Entered, programme, Self.untrained)
        let twelve = ratio(.cohort12In, .cohort12Entered, programme, Self.untrained)
        #expect((0.450...0.505).contains(six), "\(six)")
        #expect(three > six + 0.08 && six > twelve + 0.06)
    }

    @Test("The clinic whose dropout drifts up rose most against its own past", arguments: seeds)
    func drift(_ seed: UInt64) throws {
        let programme = try programme(seed)
        let rises = programme.clinics.filter { $0.isOpen(at: 0) && $0.isOpen(at: 47) }.map { clinic in
            let counts = programme.history.counts[clinic.index]
            func total(_ column: SampleColumn, _ months: Range<Int>) -> Double {
                months.reduce(0.0) { $0 + Double(counts[$1]?[column] ?? 0) }
            }
            let expected = total(.exitDropout, 0..<40) / total(.opening, 0..<40) * total(.opening, 42..<48)
            // Poisson z, with one added against clinics where nothing is expected.
            return (site: clinic.site, z: (total(.exitDropout, 42..<48) - expected) / (expected + 1).squareRoot())
        }
        let drifting = programme.faults.first { $0.kind == .dropoutDriftsUp }?.site
        #expect(rises.max { $0.z < $1.z }?.site == drifting)
    }
}
