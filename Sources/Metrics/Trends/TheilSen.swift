/// The median of the slopes between all pairs of points (Theil 1950; Sen 1968): a line that a few odd months do not
/// move.
public struct TheilSen: Equatable, Sendable {
    /// In units of the value for each unit of time.
    public let slope: Double
    /// The median of what the slope leaves of the values.
    public let intercept: Double
    /// Limits by the rank of the slopes, at (N ∓ C)/2 with C = z √var S, interpolated (Gilbert 1987, eq. 16.13).
    public let interval: Interval

    /// Nil with fewer than three points.
    ///
    /// - Parameter test: whose variance the limits take: of a test that allows for correlation they are wider.
    public init?(_ values: [Double], at times: [Double], test: MannKendall? = nil, level: Double = 0.95) {
        guard values.count >= 3 else { return nil }
        let slopes = Self.slopes(values, times)
        self.init(values, at: times, slopes: slopes, test: test ?? MannKendall(values), level: level)
    }

    /// The median of the slopes between the same months of different years, for each year, with the limits of the
    /// seasonal test (Gilbert 1987, ch. 17). Nil where no two years share a month.
    public init?(seasonal values: [Double], months: [Double], level: Double = 0.95) {
        let slopes = Self.seasonalSlopes(values, months)
        guard !slopes.isEmpty else { return nil }
        let test = MannKendall.seasonal(values, months: months)
        self.init(values, at: months.map { $0 / 12 }, slopes: slopes, test: test, level: level)
    }

    private init?(_ values: [Double], at times: [Double], slopes all: [Double], test: MannKendall, level: Double) {
        guard let tail = Interval.tail(ofLevel: level), let z = Normal.quantile(tail).map({ -$0 }) else { return nil }
        let size = all.count
        var slopes = Selection(all)
        let slope = Self.median(&slopes, size)
        let reach = z * max(0, test.variance).squareRoot()
        var left = Selection(zip(values, times).map { $0 - slope * $1 })
        (self.slope, intercept) = (slope, Self.median(&left, values.count))
        interval = Interval(
            lower: Self.interpolated(&slopes, size, rank: (Double(size) - reach) / 2),
            upper: Self.interpolated(&slopes, size, rank: (Double(size) + reach) / 2 + 1), level: level)
    }

    static func slope(of values: [Double], at times: [Double]) -> Double {
        var slopes = Selection(slopes(values, times))
        return median(&slopes, values.count * (values.count - 1) / 2)
    }

    /// The median of the slopes between the same months of different years, for each year.
    public static func seasonalSlope(_ values: [Double], months: [Double]) -> Double {
        let slopes = seasonalSlopes(values, months)
        var selection = Selection(slopes)
        return median(&selection, slopes.count)
    }

    private static func seasonalSlopes(_ values: [Double], _ months: [Double]) -> [Double] {
        Dictionary(grouping: values.indices) { Int(months[$0]) % 12 }.values.flatMap { indices in
            Self.slopes(indices.map { values[$0] }, indices.map { months[$0] / 12 })
        }
    }

    /// Slopes of all pairs.
    private static func slopes(_ values: [Double], _ times: [Double]) -> [Double] {
        var slopes: [Double] = []
        slopes.reserveCapacity(values.count * (values.count - 1) / 2)
        for later in values.indices {
            for earlier in 0..<later {
                slopes.append((values[later] - values[earlier]) / (times[later] - times[earlier]))
            }
        }
        return slopes
    }

    /// 0 of none.
    private static func median(_ values: inout Selection, _ count: Int) -> Double {
        guard count > 0 else { return 0 }
        let upper = values.value(rank: count / 2 + 1)
        return count % 2 == 1 ? upper : (values.value(rank: count / 2) + upper) / 2
    }

    /// The value at a rank from 1, between two ranks in proportion.
    private static func interpolated(_ values: inout Selection, _ count: Int, rank: Double) -> Double {
        let rank = min(max(rank, 1), Double(count))
        let below = Int(rank)
        let lower = values.value(rank: below)
        return lower + (rank - Double(below)) * (values.value(rank: min(below + 1, count)) - lower)
    }
}
