/// Members of a clinic by their sums.
public struct ClusterMoments: Equatable, Sendable {
    public let members: Double
    public let sum: Double
    /// Σ y², of values from which a constant near their mean was taken first, or digits are lost.
    public let squares: Double
    /// Clinics of one group, e.g. an arm, share their mean.
    public let group: Int

    public init(members: Double, sum: Double, squares: Double, group: Int = 0) {
        (self.members, self.sum, self.squares, self.group) = (members, sum, squares, group)
    }

    /// Yes among so many.
    public static func count(_ yes: Double, of members: Double, group: Int = 0) -> ClusterMoments {
        ClusterMoments(members: members, sum: yes, squares: yes, group: group)
    }
}

/// How much members of a clinic resemble each other, by analysis of variance between clinics within groups (Donner 1986;
/// of yes and no, Ridout et al. 1999). Below 0 it stays: that is what chance does where clinics are alike.
public struct IntraclassCorrelation: Equatable, Sendable {
    /// (MSB − MSW)/(MSB + (n₀ − 1) MSW).
    public let value: Double
    /// Of the F ratio, exact for clinics of one size (Searle 1971); nil where members of a clinic do not differ.
    public let interval: Interval?
    public let meanSquareBetween: Double
    public let meanSquareWithin: Double
    /// n₀: the size of clinics of one size that tell as much.
    public let meanSize: Double
    /// Of the two mean squares.
    public let degreesBetween: Double
    public let degreesWithin: Double

    public init(_ clusters: [ClusterMoments], level: Double = 0.95) throws(ClusterFailure) {
        guard let tail = Interval.tail(ofLevel: level) else { throw .invalidLevel }
        guard clusters.allSatisfy({ $0.members > 0 && $0.members.isFinite && $0.sum.isFinite && $0.squares.isFinite })
        else { throw .misshapen }
        let groups = Dictionary(grouping: clusters, by: \.group).sorted { $0.key < $1.key }.map(\.value)
        let all = clusters.reduce(0) { $0 + $1.members }
        let degrees = (
            between: Double(clusters.count - groups.count), within: all - Double(clusters.count)
        )
        guard degrees.between > 0, degrees.within > 0 else { throw .tooFewClusters }
        var (between, within, unequal, floor) = (0.0, 0.0, 0.0, 0.0)
        for group in groups {
            let members = group.reduce(0) { $0 + $1.members }
            let mean = group.reduce(0) { $0 + $1.sum } / members
            for cluster in group {
                let own = cluster.sum / cluster.members
                between += cluster.members * (own - mean) * (own - mean)
                within += max(0, cluster.squares - cluster.sum * own)
                floor += cluster.squares
                unequal += cluster.members * cluster.members / members
            }
        }
        guard (between + within).isFinite, floor.isFinite else { throw .notComputable }
        guard between + within > 1e-13 * floor else { throw .noVariation }
        let (square, error) = (between / degrees.between, within / degrees.within)
        let size = (all - unequal) / degrees.between
        (meanSquareBetween, meanSquareWithin, meanSize) = (square, error, size)
        (degreesBetween, degreesWithin) = degrees
        value = (square - error) / (square + (size - 1) * error)
        interval = Self.interval(ratio: square / error, size, degrees, (tail, level))
    }

    private static func interval(
        ratio: Double, _ size: Double, _ degrees: (between: Double, within: Double),
        _ confidence: (tail: Double, level: Double)
    ) -> Interval? {
        let f = (numerator: degrees.between, denominator: degrees.within)
        guard ratio.isFinite, let high = FisherF.quantile(1 - confidence.tail, degrees: f),
            let low = FisherF.quantile(confidence.tail, degrees: f), low > 0
        else { return nil }
        let ends = [ratio / high, ratio / low].map { ($0 - 1) / ($0 + size - 1) }
        guard ends.allSatisfy(\.isFinite) else { return nil }
        return Interval(lower: ends[0], upper: ends[1], level: confidence.level)
    }

    /// Of yes and no, from how often two members of a clinic differ (Fleiss & Cuzick 1979); groups are not looked at.
    public static func fleissCuzick(_ clusters: [ClusterMoments]) throws(ClusterFailure) -> Double {
        guard clusters.allSatisfy({ $0.members > 0 && $0.sum >= 0 && $0.sum <= $0.members }) else { throw .misshapen }
        let (all, yes) = clusters.reduce((0.0, 0.0)) { ($0.0 + $1.members, $0.1 + $1.sum) }
        guard all > Double(clusters.count), clusters.count > 1 else { throw .tooFewClusters }
        let p = yes / all
        guard p > 0, p < 1 else { throw .noVariation }
        let unlike = clusters.reduce(0) { $0 + $1.sum * ($1.members - $1.sum) / $1.members }
        return 1 - unlike / ((all - Double(clusters.count)) * p * (1 - p))
    }
}
