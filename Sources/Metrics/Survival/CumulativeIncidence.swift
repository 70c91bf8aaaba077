/// The share gone for each reason by time while the other reasons compete (Aalen & Johansen 1978), delayed entry
/// allowed. Together with the share still there they make 1, which 1 − Kaplan–Meier of each reason does not.
public struct CumulativeIncidence: Sendable {
    /// Times at which somebody left for any reason, ascending.
    public let times: [Double]
    /// The share still there after each of the times.
    public let survival: [Double]
    /// incidence[reason][i]: the share gone for that reason by times[i].
    public let incidence: [[Double]]
    /// The variance of each, by the delta method (Marubini & Valsecchi 1995; Coviello & Boggess 2004):
    /// Σ (F(t) − F(u))² d/(n(n − d)) + Σ S(u−)² dₖ(n − dₖ)/n³ − 2 Σ (F(t) − F(u)) S(u−) dₖ/n² over u ≤ t.
    public let variance: [[Double]]
    public let table: RiskTable

    public init(_ table: RiskTable) {
        self.table = table
        let reasons = table.reasons
        let all = table.events(of: 0..<reasons)
        let rows = all.indices.filter { all[$0] > 0 }
        var survival = Array(repeating: 0.0, count: rows.count)
        var before = survival
        // Σ d/(n(n − d)); where everybody leaves the curve is at 0, and nothing is added to F after it.
        var greenwood = survival
        var (share, sum) = (1.0, 0.0)
        for (index, row) in rows.enumerated() {
            let (n, d) = (table.atRisk[row], all[row])
            before[index] = share
            share *= (n - d) / n
            sum += d < n ? d / (n * (n - d)) : 0
            survival[index] = share
            greenwood[index] = sum
        }
        let ofReasons = (0..<reasons).map { reason in
            Self.course(of: table.ended[reason], atRisk: table.atRisk, rows: rows, before: before, greenwood)
        }
        times = rows.map { table.times[$0] }
        (self.survival, incidence, variance) = (survival, ofReasons.map(\.gone), ofReasons.map(\.variance))
    }

    /// The share gone for one reason and its variance at each of the rows.
    ///
    /// The square is opened up: sums of g, F g and F² g, g being what a row adds to Greenwood's sum, and of the two
    /// other terms, serve all times at once.
    private static func course(
        of ended: [Double], atRisk: [Double], rows: [Int], before: [Double], _ greenwood: [Double]
    ) -> (gone: [Double], variance: [Double]) {
        var gone = Array(repeating: 0.0, count: rows.count)
        var variance = gone
        var f = 0.0
        var (fg, ffg, own, cross, fcross, last) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for (index, row) in rows.enumerated() {
            let (n, d, s) = (atRisk[row], ended[row], before[index])
            f += s * d / n
            let g = greenwood[index] - last
            last = greenwood[index]
            fg += f * g
            ffg += f * f * g
            own += s * s * d * (n - d) / (n * n * n)
            cross += s * d / (n * n)
            fcross += f * s * d / (n * n)
            gone[index] = f
            variance[index] = max(0, f * f * last - 2 * f * fg + ffg + own - 2 * (f * cross - fcross))
        }
        return (gone, variance)
    }

    /// The share gone for a reason by a time, and its standard error.
    public func value(reason: Int, at time: Double) -> (share: Double, standardError: Double) {
        let after = times.partitioningIndex { $0 > time }
        guard after > 0 else { return (0, 0) }
        return (incidence[reason][after - 1], variance[reason][after - 1].squareRoot())
    }

    /// Limits on the scale of ln(−ln F); nil where nobody has gone for the reason, without width where all have.
    public func interval(reason: Int, at time: Double, level: Double = 0.95) -> Interval? {
        let (share, error) = value(reason: reason, at: time)
        guard share > 0, let tail = Interval.tail(ofLevel: level), let z = Normal.quantile(tail).map({ -$0 }) else {
            return nil
        }
        let spread = share < 1 ? z * error / (share * .log(share)) : 0
        return Interval(lower: .pow(share, .exp(-spread)), upper: .pow(share, .exp(spread)), level: level)
    }
}
