/// How many were at risk and how many left, by time since a spell began: all that estimates of retention need.
///
/// A spell is at risk in (entry, exit], so that of those who leave at one time everybody was at risk, and whoever
/// enters at that time was not. The table is what SQL groups episodes to; its size is the number of distinct times,
/// not the number of people.
public struct RiskTable: Equatable, Sendable {
    /// Spells that were last seen at one time, by what became of them.
    public struct Leaving: Equatable, Sendable {
        public let time: Double
        /// How many ended, by reason; as long as the table has reasons.
        public let ended: [Double]
        /// How many had not ended.
        public let censored: Double

        public init(time: Double, ended: [Double], censored: Double) {
            (self.time, self.ended, self.censored) = (time, ended, censored)
        }
    }

    /// Spells whose observation began at one time.
    public struct Entering: Equatable, Sendable {
        public let time: Double
        public let count: Double

        public init(time: Double, count: Double) {
            (self.time, self.count) = (time, count)
        }
    }

    /// Times at which somebody left, ascending.
    public let times: [Double]
    /// At risk at each of the times.
    public let atRisk: [Double]
    /// ended[reason][i] left at times[i] for that reason.
    public let ended: [[Double]]
    let entering: [Entering]
    /// Left at or before each of the times, for whatever reason.
    private let gone: [Double]

    /// A table from counts by time; rows may come in any order, one for each time.
    public init(leaving: [Leaving], entering: [Entering], reasons: Int) {
        let leaving = leaving.sorted { $0.time < $1.time }
        var left = 0.0
        let gone = leaving.map { row in
            left += row.ended.reduce(row.censored, +)
            return left
        }
        self.init(
            times: leaving.map(\.time), ended: (0..<reasons).map { reason in leaving.map { $0.ended[reason] } },
            gone: gone, entering: entering.sorted { $0.time < $1.time })
    }

    /// A table from running sums, by ascending time; `gone` counts all who left up to each of the times.
    init(times: [Double], ended: [[Double]], gone: [Double], entering: [Entering]) {
        var (entered, next) = (0.0, 0)
        atRisk = times.indices.map { row in
            while next < entering.count, entering[next].time < times[row] {
                entered += entering[next].count
                next += 1
            }
            return entered - (row > 0 ? gone[row - 1] : 0)
        }
        (self.times, self.ended, self.gone, self.entering) = (times, ended, gone, entering)
    }

    /// A table of spells; spells that leave before they enter are left out, as nobody saw them.
    public init(_ spells: some Sequence<Spell>, reasons: Int) {
        var leaving: [Double: (ended: [Double], censored: Double)] = [:]
        var entering: [Double: Double] = [:]
        for spell in spells where spell.exit > spell.entry {
            entering[spell.entry, default: 0] += 1
            if let reason = spell.reason {
                leaving[spell.exit, default: (Array(repeating: 0, count: reasons), 0)].ended[reason] += 1
            } else {
                leaving[spell.exit, default: (Array(repeating: 0, count: reasons), 0)].censored += 1
            }
        }
        self.init(
            leaving: leaving.map { Leaving(time: $0, ended: $1.ended, censored: $1.censored) },
            entering: entering.map { Entering(time: $0, count: $1) }, reasons: reasons)
    }

    /// The number of reasons told apart.
    public var reasons: Int { ended.count }

    /// The last time at which anybody was seen; nothing is known after it.
    public var lastTime: Double? { times.last }

    /// At risk at any time: entered before it and not left before it.
    public func atRisk(at time: Double) -> Double {
        let entered = entering.lazy.prefix { $0.time < time }.reduce(0) { $0 + $1.count }
        let before = times.partitioningIndex { $0 >= time }
        return entered - (before > 0 ? gone[before - 1] : 0)
    }

    /// All who left at one of the times.
    func leaving(_ row: Int) -> Double { gone[row] - (row > 0 ? gone[row - 1] : 0) }

    /// Those who left at each of the times for any of these reasons.
    func events(of reasons: some Collection<Int>) -> [Double] {
        var sums = Array(repeating: 0.0, count: times.count)
        for reason in reasons {
            let own = ended[reason]
            for index in sums.indices { sums[index] += own[index] }
        }
        return sums
    }
}

extension Array {
    /// The first index at which a condition holds that once true stays true; `endIndex` if it never does.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
