extension ControlChart {
    /// Probability of a month, or of a run that it ends, so odd on either side if nothing has changed; nil where there is no
    /// point, or no measure of it.
    ///
    /// The smaller of the two rules' own, doubled because there are two: of the month exact (mid-P of the count, its
    /// normal deviate divided by Laney's stretch) or, on an XmR chart, normal; of a run of k months on one side, none of them
    /// before the baseline of the month counts, 2 · (1/2)ᵏ.
    /// Limits from a baseline are themselves uncertain, which it leaves out.
    ///
    /// - Parameters:
    ///   - count, denominator: what the month's point was made of; without meaning on an XmR chart.
    public func probability(at index: Int, count: Double?, over denominator: Double?) -> Double? {
        guard points.indices.contains(index), let point = points[index] else { return nil }
        guard let ofMonth = exact(index, count, denominator) ?? Self.twoSided(point.z) else { return nil }
        let first = rebases.last { $0 <= index } ?? 0
        var run = 0
        while index - run >= first, let side = point.side, points[index - run]?.side == side { run += 1 }
        let ofRun = run > 0 ? 2 * Double.exp(-Double(run) * Double.log(2)) : 1
        return min(1, 2 * min(ofMonth, ofRun))
    }

    private func exact(_ index: Int, _ count: Double?, _ denominator: Double?) -> Double? {
        let model: CountModel? =
            switch kind {
            case .p: .binomial
            case .u: .poisson
            case .xmr: nil
            }
        guard let model, let point = points[index], let count, let denominator,
            let law = SiteCountLaw(model, target: point.centre, size: denominator, between: 0),
            let p = law.midP(count)
        else { return nil }
        let stretch = AttributesLimits.stretch(sigmaZ: sigmaZ(at: index))
        guard stretch > 1, p < 1 else { return p }
        // So small a tail that it has no deviate stays as it is: nothing that follows depends on it.
        return Normal.quantile(p / 2).flatMap { Self.twoSided($0 / stretch) } ?? p
    }

    private static func twoSided(_ z: Double?) -> Double? {
        z.flatMap { Normal.lowerTail(-abs($0)) }.map { min(1, 2 * $0) }
    }
}
