/// Baselines that begin anew, where somebody has registered why.
public enum Rebasing {
    /// Of the months at which a baseline should begin anew those since which, up to the next, enough months have a
    /// value: until then the limits before go on, so that a signal is not silenced by its own explanation.
    public static func effective(_ starts: [Int], hasValue: [Bool]) -> [Int] {
        let starts = Set(starts).filter { hasValue.indices.contains($0) }.sorted()
        return zip(starts, starts.dropFirst() + [hasValue.count]).compactMap { start, end in
            hasValue[start..<end].count(where: \.self) >= Baseline.fewestPoints ? start : nil
        }
    }

    /// One chart of stretches that each have a baseline of their own.
    ///
    /// - Parameters:
    ///   - starts: months at which a baseline should begin anew; which of them do is said by `effective`.
    ///   - chart: the chart of all months, with values only in the range that it is given.
    /// - Returns: the chart of the stretches that have one; where none has, why the newest has not.
    public static func chart(
        from starts: [Int], hasValue: [Bool], _ chart: (Range<Int>) -> Result<ControlChart, Unavailable>
    ) -> Result<ControlChart, Unavailable> {
        let edges = [0] + effective(starts, hasValue: hasValue).filter { $0 > 0 } + [hasValue.count]
        var whole: Result<ControlChart, Unavailable> = .failure(.tooFewPoints)
        for (start, end) in zip(edges, edges.dropFirst()) {
            let stretch = chart(start..<end)
            if let earlier = try? whole.get() {
                whole = .success(ControlChart(earlier, upTo: start, then: try? stretch.get()))
            } else {
                whole = stretch
            }
        }
        return whole
    }
}
