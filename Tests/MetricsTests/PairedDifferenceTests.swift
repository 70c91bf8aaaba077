import Metrics
import Testing

@Suite struct PairedDifferenceTests {
    @Test(
        "the published examples of Newcombe 1998b, Stat Med 17:2635, table III, method 10",
        arguments: [
            // both, only the first, only the second, neither: difference of the first less the second, limits.
            (36.0, 12.0, 2.0, 0.0, 0.0569, 0.3404), (20.0, 12.0, 2.0, 16.0, 0.0562, 0.3292),
        ])
    func published(both: Double, first: Double, second: Double, neither: Double, lower: Double, upper: Double) throws {
        let pairs = both + first + second + neither
        let estimate = ProportionDifference.paired(both: both, first: first, second: second, pairs: pairs)
        let interval = try #require(estimate.value?.interval)
        #expect(abs(-interval.upper - lower) < 5e-5)
        #expect(abs(-interval.lower - upper) < 5e-5)
        // Seen from the other side it is the same difference.
        let mirrored = ProportionDifference.paired(both: both, first: second, second: first, pairs: pairs)
        #expect(abs((mirrored.value?.point ?? 0) + (estimate.value?.point ?? 0)) < 1e-12)
    }

    @Test("more answers than pairs: impossible counts, and no limits")
    func impossible() {
        #expect(
            ProportionDifference.paired(both: 3, first: 3, second: 3, pairs: 7).unavailable == .impossibleCounts)
    }
}
