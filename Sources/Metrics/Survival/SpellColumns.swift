/// Spells of many sites as columns of whole days: the quick way from half a million episodes to a risk table each.
///
/// Days are counted, not sorted: the work is one pass over the spells and one over each site's days.
public struct SpellColumns: Sendable {
    /// Numbered from 0.
    public let sites: [Int32]
    /// Day observation began; nil if everybody was watched from the beginning.
    public let entries: [Int32]?
    /// Day it ended or was last seen, from 0.
    public let exits: [Int32]
    /// Why it ended, numbered from 1; 0 where it had not.
    public let reasons: [UInt8]

    public init(sites: [Int32], entries: [Int32]? = nil, exits: [Int32], reasons: [UInt8]) {
        (self.sites, self.entries, self.exits, self.reasons) = (sites, entries, exits, reasons)
    }

    /// A table for each of so many sites, telling so many reasons apart.
    public func tables(sites count: Int, reasons kinds: Int) -> [RiskTable] {
        let (rows, starts) = rowsBySite(count)
        var days = DayCounts(days: Int(exits.max() ?? 0) + 1, reasons: kinds)
        return (0..<count).map { site in
            days.add(rows[starts[site]..<starts[site + 1]], of: self)
            return days.takeTable()
        }
    }

    /// Row numbers, those of a site together.
    private func rowsBySite(_ count: Int) -> (rows: [Int32], starts: [Int]) {
        var starts = Array(repeating: 0, count: count + 1)
        for site in sites { starts[Int(site) + 1] += 1 }
        for site in 0..<count { starts[site + 1] += starts[site] }
        var next = starts
        var rows = Array(repeating: Int32(0), count: sites.count)
        for (row, site) in sites.enumerated() {
            rows[next[Int(site)]] = Int32(row)
            next[Int(site)] += 1
        }
        return (rows, starts)
    }
}

/// How many entered and left on each day, of one site at a time.
private struct DayCounts {
    private let reasons: Int
    /// A day's counts by reason, those not ended first.
    private var leaving: [Int32]
    private var entering: [Int32]
    private var watchedFromTheBeginning = 0.0

    init(days: Int, reasons: Int) {
        self.reasons = reasons
        leaving = Array(repeating: 0, count: days * (reasons + 1))
        entering = Array(repeating: 0, count: days)
    }

    /// Adds rows of one site; a spell that leaves before it enters is left out, as nobody saw it.
    mutating func add(_ rows: ArraySlice<Int32>, of spells: SpellColumns) {
        let stride = reasons + 1
        if let entries = spells.entries {
            for row in rows.lazy.map({ Int($0) }) where spells.exits[row] > entries[row] {
                leaving[Int(spells.exits[row]) * stride + Int(spells.reasons[row])] += 1
                entering[Int(entries[row])] += 1
            }
        } else {
            for row in rows.lazy.map({ Int($0) }) {
                leaving[Int(spells.exits[row]) * stride + Int(spells.reasons[row])] += 1
            }
            watchedFromTheBeginning += Double(rows.count)
        }
    }

    /// The table of what was added since the last one.
    mutating func takeTable() -> RiskTable {
        let stride = reasons + 1
        var seen: [Int] = []
        var gone: [Double] = []
        seen.reserveCapacity(entering.count)
        gone.reserveCapacity(entering.count)
        leaving.withUnsafeBufferPointer { leaving in
            var left = 0.0
            for start in Swift.stride(from: 0, to: leaving.count, by: stride) {
                var all: Int32 = 0
                for reason in 0..<stride { all += leaving[start + reason] }
                guard all > 0 else { continue }
                left += Double(all)
                seen.append(start)
                gone.append(left)
            }
        }
        let ended = (1..<stride).map { reason in seen.map { Double(leaving[$0 + reason]) } }
        for start in seen { for reason in 0..<stride { leaving[start + reason] = 0 } }
        return RiskTable(
            times: seen.map { Double($0 / stride) }, ended: ended, gone: gone, entering: takeEntering())
    }

    private mutating func takeEntering() -> [RiskTable.Entering] {
        var entered: [RiskTable.Entering] = []
        if watchedFromTheBeginning > 0 {
            entered.append(.init(time: -.infinity, count: watchedFromTheBeginning))
            watchedFromTheBeginning = 0
            return entered
        }
        for day in entering.indices where entering[day] > 0 {
            entered.append(.init(time: Double(day), count: Double(entering[day])))
            entering[day] = 0
        }
        return entered
    }
}
