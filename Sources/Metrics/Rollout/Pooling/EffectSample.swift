/// Effects, their variances, and the columns they are regressed on: the first is 1.
struct EffectSample {
    let effects: [Double]
    let variances: [Double]
    let design: Design
    /// ln |XᵀX|.
    let designLogDeterminant: Double

    init(_ sites: [SiteEffect], moderators: [[Double]]) throws(PoolingFailure) {
        guard !sites.isEmpty else { throw .noEffects }
        let impossible = sites.indices.filter { index in
            !sites[index].isPossible || moderators.contains { !($0.indices ~= index && $0[index].isFinite) }
        }
        guard impossible.isEmpty else { throw .impossible(impossible) }
        guard moderators.isEmpty || sites.count > moderators.count + 1 else { throw .tooFewSites }
        (effects, variances) = (sites.map(\.effect), sites.map(\.variance))
        let ones = Array(repeating: 1.0, count: sites.count)
        design = Design(columns: [ones] + moderators.map { Array($0.prefix(sites.count)) })
        let factors = SymmetricFactors(design.crossProducts(weights: ones))
        guard factors.dependent.isEmpty else { throw .dependentModerators(factors.dependent.map { $0 - 1 }) }
        designLogDeterminant = factors.logDeterminant
    }

    /// k − p.
    var degrees: Int { effects.count - design.columns }

    /// Variance of the effects about their mean, divided by k.
    var spread: Double {
        let mean = effects.reduce(0, +) / Double(effects.count)
        return effects.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(effects.count)
    }

    func weighted(_ betweenVariance: Double) -> WeightedEffects {
        WeightedEffects(self, betweenVariance: betweenVariance)
    }

    /// τ² ≥ 0 at which Q falls to a value, by Newton's method from 0: Q falls ever more slowly, so that no step goes
    /// too far. Nil if it does not get there.
    func betweenVariance(atSquares target: Double) -> (value: Double, iterations: Int)? {
        var now = 0.0
        for iteration in 1...500 {
            let fit = weighted(now)
            let step = (fit.squares - target) / fit.squaresSlope
            guard step.isFinite || fit.squares <= target else { return nil }
            guard step > 1e-15 * now, step.isFinite else { return (now, iteration) }
            now += step
        }
        return nil
    }
}
