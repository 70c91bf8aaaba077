/// Clusters, their members and the members' rows in the order in which they lie in memory; what is alike is kept once.
///
/// Rows of a member with the same covariates are one row; members of a cluster with the same rows are one member with a
/// multiplicity. Where only clusters have an effect they are the members here, all of one cluster without an effect.
///
/// A class because what works on it is made anew for each cluster and member: copying some twelve arrays by reference
/// would cost as much as the arithmetic.
final class ClusterTree: Sendable {
    let family: MixedFamily
    let columns: Int
    /// Scaled covariates of each pattern, pattern by pattern, and its offset.
    let covariates: [Double]
    let offsets: [Double]
    /// Of each row: its pattern, how many happened, out of how many.
    let patterns: [Int]
    let counts: [Double]
    let sizes: [Double]
    /// Where each member's rows begin, and where the last one's end.
    let memberRows: [Int]
    let multiplicities: [Double]
    /// Where each cluster's members begin, and where the last one's end.
    let clusterMembers: [Int]
    let clusterOfMember: [Int]
    /// The members here of the members that were given, by the order in which those first appear.
    let memberOfGiven: [Int]
    /// The clusters that were given, in the order of the clusters here (or of the members, of one effect).
    let names: [Int]
    let hasClusterEffect: Bool
    let memberNames: [Int]
    /// What no parameter changes in the log-likelihood.
    let constant: Double

    var rows: Int { counts.count }
    var members: Int { multiplicities.count }
    var clusters: Int { clusterMembers.count - 1 }
    var patternCount: Int { offsets.count }

    /// x β and offset of each pattern.
    func predictors(_ coefficients: [Double]) -> [Double] {
        offsets.indices.map { pattern in
            var sum = offsets[pattern]
            for column in 0..<columns { sum += covariates[pattern * columns + column] * coefficients[column] }
            return sum
        }
    }

    /// What happened, and out of how many, by pattern.
    var patternTotals: (counts: [Double], sizes: [Double]) {
        var totals = (
            counts: Array(repeating: 0.0, count: patternCount), sizes: Array(repeating: 0.0, count: patternCount)
        )
        for member in 0..<members {
            for row in memberRows[member]..<memberRows[member + 1] {
                totals.counts[patterns[row]] += multiplicities[member] * counts[row]
                totals.sizes[patterns[row]] += multiplicities[member] * sizes[row]
            }
        }
        return totals
    }

    init(_ data: ClusteredCounts, _ scale: ColumnScale, _ family: MixedFamily) {
        let table = PatternTable(data, scale)
        let numbering = Numbering(data)
        var builder = MemberBuilder(table, numbering)
        builder.add(data)
        self.family = family
        (columns, covariates, offsets) = (data.columns.count, table.covariates, table.offsets)
        (patterns, counts, sizes) = (builder.patterns, builder.counts, builder.sizes)
        (memberRows, multiplicities) = (builder.memberRows, builder.multiplicities)
        (clusterMembers, memberOfGiven) = (builder.clusterMembers, builder.memberOfGiven)
        let starts = builder.clusterMembers
        clusterOfMember = (0..<(starts.count - 1)).flatMap { cluster in
            Array(repeating: cluster, count: starts[cluster + 1] - starts[cluster])
        }
        (names, memberNames, hasClusterEffect) = (numbering.names, numbering.memberNames, data.members != nil)
        constant = data.counts.indices.reduce(0.0) {
            $0 + family.constant(count: data.counts[$1], size: data.sizes?[$1] ?? 1)
        }
    }
}

/// Clusters and members numbered from 0 in the order in which they first appear.
struct Numbering {
    /// Of each row.
    private(set) var clusters: [Int] = []
    private(set) var members: [Int] = []
    private(set) var clusterOfMember: [Int] = []
    /// What the clusters were called.
    private(set) var names: [Int] = []
    private(set) var memberNames: [Int] = []

    init(_ data: ClusteredCounts) {
        var numbers: [Int: Int] = [:]
        let first = data.clusters.map { name in
            if let number = numbers[name] { return number }
            numbers[name] = names.count
            names.append(name)
            return names.count - 1
        }
        guard let given = data.members else {
            (members, clusters) = (first, Array(repeating: 0, count: first.count))
            clusterOfMember = Array(repeating: 0, count: names.count)
            return
        }
        struct Member: Hashable { let cluster, name: Int }
        var found: [Member: Int] = [:]
        found.reserveCapacity(given.count / 2)
        members.reserveCapacity(given.count)
        // Rows of a member usually follow one another.
        var (last, number) = (Member(cluster: -1, name: 0), -1)
        for (cluster, name) in zip(first, given) {
            let member = Member(cluster: cluster, name: name)
            if member != last {
                last = member
                number = found[member] ?? clusterOfMember.count
                if number == clusterOfMember.count {
                    found[member] = number
                    clusterOfMember.append(cluster)
                    memberNames.append(name)
                }
            }
            members.append(number)
        }
        clusters = first
    }
}
