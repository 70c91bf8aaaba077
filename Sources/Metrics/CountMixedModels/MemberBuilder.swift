/// Puts rows together by member and members together that cannot be told apart.
struct MemberBuilder {
    private let table: PatternTable
    private let numbering: Numbering
    private(set) var patterns: [Int] = []
    private(set) var counts: [Double] = []
    private(set) var sizes: [Double] = []
    private(set) var memberRows = [0]
    private(set) var multiplicities: [Double] = []
    private(set) var clusterMembers = [0]
    private(set) var memberOfGiven: [Int]

    init(_ table: PatternTable, _ numbering: Numbering) {
        (self.table, self.numbering) = (table, numbering)
        memberOfGiven = Array(repeating: 0, count: numbering.clusterOfMember.count)
    }

    mutating func add(_ data: ClusteredCounts) {
        let clusters = (numbering.clusterOfMember.max() ?? -1) + 1
        let membersOfCluster = CountingSort(numbering.clusterOfMember, values: clusters)
        let rowsOfMember = CountingSort(numbering.members, values: numbering.clusterOfMember.count)
        for cluster in 0..<clusters {
            var known: [UInt64: Int] = [:]
            for member in membersOfCluster.group(cluster) {
                let rows = rowsOfMember.group(member).sorted { table.patterns[$0] < table.patterns[$1] }
                append(rows, of: data)
                let digest = digestOfLast()
                if let same = known[digest], isLast(like: same) {
                    removeLast()
                    multiplicities[same] += 1
                    memberOfGiven[member] = same
                } else {
                    if known[digest] == nil { known[digest] = multiplicities.count }
                    memberOfGiven[member] = multiplicities.count
                    memberRows.append(patterns.count)
                    multiplicities.append(1)
                }
            }
            clusterMembers.append(multiplicities.count)
        }
    }

    /// Adds the rows of a member, those of one pattern as one.
    private mutating func append(_ rows: [Int], of data: ClusteredCounts) {
        for row in rows {
            let (pattern, size) = (table.patterns[row], data.sizes?[row] ?? 1)
            if patterns.count > memberRows[memberRows.count - 1], patterns[patterns.count - 1] == pattern {
                counts[counts.count - 1] += data.counts[row]
                sizes[sizes.count - 1] += size
            } else {
                patterns.append(pattern)
                counts.append(data.counts[row])
                sizes.append(size)
            }
        }
    }

    private var last: Range<Int> { memberRows[memberRows.count - 1]..<patterns.count }

    private func digestOfLast() -> UInt64 {
        var digest = Digest()
        for row in last {
            digest.add(UInt64(patterns[row]))
            digest.add(counts[row])
            digest.add(sizes[row])
        }
        return digest.value
    }

    private func isLast(like member: Int) -> Bool {
        let start = memberRows[member]
        guard memberRows[member + 1] - start == last.count else { return false }
        return last.enumerated().allSatisfy { index, row in
            patterns[start + index] == patterns[row] && counts[start + index] == counts[row]
                && sizes[start + index] == sizes[row]
        }
    }

    private mutating func removeLast() {
        let dropped = last.count
        patterns.removeLast(dropped)
        counts.removeLast(dropped)
        sizes.removeLast(dropped)
    }
}

/// Indices grouped by a small whole number, in the order in which they stand.
struct CountingSort {
    private let starts: [Int]
    private let indices: [Int]

    init(_ keys: [Int], values: Int) {
        var starts = Array(repeating: 0, count: values + 1)
        for key in keys { starts[key + 1] += 1 }
        for value in 0..<values { starts[value + 1] += starts[value] }
        var next = starts
        var indices = Array(repeating: 0, count: keys.count)
        for (index, key) in keys.enumerated() {
            indices[next[key]] = index
            next[key] += 1
        }
        (self.starts, self.indices) = (starts, indices)
    }

    func group(_ value: Int) -> ArraySlice<Int> { indices[starts[value]..<starts[value + 1]] }
}
