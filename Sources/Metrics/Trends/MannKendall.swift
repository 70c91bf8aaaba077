/// Whether a series rises or falls, whatever the shape (Mann 1945; Kendall 1970), with ties corrected for.
///
/// Months that resemble their neighbours make it see trends that are none: read `allowingForCorrelation` or
/// `seasonal` on monthly data.
public struct MannKendall: Equatable, Sendable {
    /// Rises less falls over all pairs of times.
    public let score: Double
    public let variance: Double
    /// Kendall's τ_b; nil where all values are one.
    public let tau: Double?

    /// (S ∓ 1)/√variance, moved one towards zero for continuity.
    public var z: Double {
        score == 0 || variance <= 0 ? 0 : (score - (score > 0 ? 1 : -1)) / variance.squareRoot()
    }

    /// Two-sided, normal.
    public var p: Double? { Normal.lowerTail(-abs(z)).map { 2 * $0 } }

    /// Two-sided and exact, of at most 10 values none of which are equal: the share of all orders whose score lies as far
    /// from 0 (Kendall 1970); nil otherwise.
    public static func exactP(_ values: [Double]) -> Double? {
        guard values.count > 1, values.count <= 10, Set(values).count == values.count else { return nil }
        // Orders of k values by their number of falls: a k-th value adds from 0 to k − 1 of them.
        var orders = [1.0]
        for k in 2...values.count {
            var next = Array(repeating: 0.0, count: orders.count + k - 1)
            for (falls, count) in orders.enumerated() { for added in 0..<k { next[falls + added] += count } }
            orders = next
        }
        let score = abs(MannKendall(values).score)
        let pairs = Double(orders.count - 1)
        let extreme = orders.enumerated().reduce(0) { sum, item in
            abs(pairs - 2 * Double(item.offset)) >= score ? sum + item.element : sum
        }
        return extreme / orders.reduce(0, +)
    }

    /// The test of a series in order of time; ties are exact.
    public init(_ values: [Double]) {
        let n = Double(values.count)
        var score = 0.0
        for later in values.indices {
            for earlier in 0..<later {
                if values[later] > values[earlier] { score += 1 }
                if values[later] < values[earlier] { score -= 1 }
            }
        }
        let ties = Self.ties(values)
        let tied = ties.reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }
        let (pairs, tiedPairs) = (n * (n - 1) / 2, ties.reduce(0) { $0 + $1 * ($1 - 1) / 2 })
        self.init(
            score: score, variance: (n * (n - 1) * (2 * n + 5) - tied) / 18,
            tau: tiedPairs < pairs ? score / (pairs * (pairs - tiedPairs)).squareRoot() : nil)
    }

    private init(score: Double, variance: Double, tau: Double?) {
        (self.score, self.variance, self.tau) = (score, variance, tau)
    }

    /// The test within each month of the year, summed: Januaries with Januaries (Hirsch & Slack 1984), the months of
    /// a year taken as independent.
    public static func seasonal(_ values: [Double], months: [Double]) -> MannKendall {
        let years = Dictionary(grouping: values.indices) { Int(months[$0]) % 12 }.values.map { indices in
            MannKendall(indices.map { values[$0] })
        }
        return MannKendall(
            score: years.reduce(0) { $0 + $1.score }, variance: years.reduce(0) { $0 + $1.variance }, tau: nil)
    }

    /// The test with the variance of a series whose ranks, the trend taken out, are correlated at notable lags
    /// (Hamed & Rao 1998). Values at equal distances in time.
    public func allowingForCorrelation(of values: [Double]) -> MannKendall {
        let n = Double(values.count)
        guard values.count > 3, variance > 0 else { return self }
        let times = values.indices.map { Double($0) }
        let slope = TheilSen.slope(of: values, at: times)
        let ranks = Self.ranks(zip(values, times).map { $0 - slope * ($1 + 1) })
        let mean = (n + 1) / 2
        let spread = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard spread > 0 else { return self }
        let notable = 1.959963984540054 / n.squareRoot()
        var sum = 0.0
        for lag in 1..<values.count {
            let covariance = (lag..<values.count).reduce(0) { $0 + (ranks[$1] - mean) * (ranks[$1 - lag] - mean) }
            let correlation = covariance / spread
            if abs(correlation) > notable {
                let left = n - Double(lag)
                sum += left * (left - 1) * (left - 2) * correlation
            }
        }
        // Of a short series the sum can leave nothing of the variance: no trend can be told from it.
        let factor = max(0, 1 + 2 / (n * (n - 1) * (n - 2)) * sum)
        return MannKendall(score: score, variance: variance * factor, tau: tau)
    }

    /// Sizes of the groups of equal values.
    private static func ties(_ values: [Double]) -> [Double] {
        values.sorted().reduce(into: [(value: Double, count: Double)]()) { groups, value in
            if groups.last?.value == value { groups[groups.count - 1].count += 1 } else { groups.append((value, 1)) }
        }.map(\.count)
    }

    /// Ranks from 1, equal values sharing the mean of theirs.
    static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = Array(repeating: 0.0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }
}
