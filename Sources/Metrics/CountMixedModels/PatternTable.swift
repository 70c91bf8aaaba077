/// The distinct sets of covariates and offset among rows.
struct PatternTable {
    private(set) var covariates: [Double] = []
    private(set) var offsets: [Double] = []
    /// Of each row.
    private(set) var patterns: [Int] = []

    init(_ data: ClusteredCounts, _ scale: ColumnScale) {
        let p = data.columns.count
        var found: [UInt64: Int] = [:]
        var first: [Int] = []
        patterns.reserveCapacity(data.counts.count)
        for row in data.counts.indices {
            let offset = data.logOffset?[row] ?? 0
            var digest = Digest()
            for column in 0..<p { digest.add(data.columns[column][row]) }
            digest.add(offset)
            let known = found[digest.value]
            if let known, offsets[known] == offset,
                (0..<p).allSatisfy({ data.columns[$0][first[known]] == data.columns[$0][row] })
            {
                patterns.append(known)
                continue
            }
            // Two sets with one digest: the later rows are kept apart, which costs time only.
            if known == nil { found[digest.value] = offsets.count }
            patterns.append(offsets.count)
            first.append(row)
            offsets.append(offset)
            for column in 0..<p { covariates.append(scale.scaled(data.columns[column][row], column: column)) }
        }
    }
}

/// Numbers mixed into one (the finaliser of SplitMix64, Steele, Lea & Flood 2014); the same in every run.
struct Digest {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func add(_ bits: UInt64) {
        value = (value ^ bits) &* 0xBF58_476D_1CE4_E5B9
        value ^= value >> 29
        value = value &* 0x94D0_49BB_1331_11EB
        value ^= value >> 32
    }

    // −0 and 0 are one number.
    mutating func add(_ number: Double) { add((number + 0).bitPattern) }
}
