/// A random effect as predicted from the data (Henderson 1975): a clinic's difference from what its columns say.
public struct PredictedEffect: Equatable, Sendable {
    public let value: Double
    /// As if the coefficients were known (lme4's).
    public let conditionalDeviation: Double
    /// Root of the prediction error variance D − DZᵀPZD, the coefficients' uncertainty included: the one to show.
    public let predictionDeviation: Double
}

extension LinearMixedModel {
    /// Each clinic's effects by its number, those left out not among them.
    public func clusterEffects() -> [Int: [PredictedEffect]] {
        var predictions: [Int: [PredictedEffect]] = [:]
        for (cluster, solved) in solvedClusters() {
            predictions[cluster] = (0..<sums.clusterOrder).map { effect in
                prediction(
                    solved.values[effect], conditional: solved.effects.element(effect, effect), solved.slopes[effect])
            }
        }
        return predictions
    }

    /// Each client's effects by its number; none where only sums were given.
    public func subjectEffects() -> [Int: [PredictedEffect]] {
        let earlier = effects.subject.components.count
        let ratios = Array(point.likelihood.ratios.prefix(earlier))
        guard sums.subjectOrder > 0, let weights = PatternWeights(sums, effects.subject, ratios: ratios) else {
            return [:]
        }
        let clusters = solvedClusters()
        var predictions: [Int: [PredictedEffect]] = [:]
        for (index, subject) in statistics.subjects.enumerated() where subject.cluster >= 0 {
            let cluster = clusters[subject.cluster]
            guard cluster != nil || sums.clusterOrder == 0 else { continue }
            predictions[index] = subjectPredictions(
                index, weights.effects(subject.pattern, order: sums.subjectOrder), cluster)
        }
        return predictions
    }

    /// b̂ = TGv, T and −TGₓ, how b̂ moves with the coefficients.
    private struct SolvedCluster {
        let values: [Double]
        let effects: SquareMatrix
        let slopes: [[Double]]
    }

    private var residuals: [Double] { point.likelihood.coefficients.map { -$0 } + [1] }

    private func solvedClusters() -> [Int: SolvedCluster] {
        let (ratios, earlier) = (point.likelihood.ratios, effects.subject.components.count)
        guard sums.clusterOrder > 0,
            let inner = PatternWeights(sums, effects.subject, ratios: Array(ratios.prefix(earlier)))
        else { return [:] }
        let outer = LevelCovariance(effects.cluster, ratios: Array(ratios.dropFirst(earlier)))
        var work = ClusterAbsorption<SquareMatrix>(sums, outer: outer, earlier: earlier)
        var solved: [Int: SolvedCluster] = [:]
        for cluster in sums.clusters {
            work.take(cluster, sums, inner)
            guard work.absorb() else { continue }
            let t = work.absorption.effects[0]
            let images = (0..<sums.clusterOrder).map { effect in
                (0..<sums.order).map { column in
                    (0..<sums.clusterOrder).reduce(0) { $0 + t.element(effect, $1) * work.row($1)[column] }
                }
            }
            solved[cluster.index] = SolvedCluster(
                values: images.map { zip($0, residuals).reduce(0) { $0 + $1.0 * $1.1 } }, effects: t,
                slopes: images.map { $0.dropLast().map { -$0 } })
        }
        return solved
    }

    /// â = K(s v − s_w b̂) with K = (Δ⁻¹ + N)⁻¹.
    private func subjectPredictions(_ index: Int, _ k: SquareMatrix, _ cluster: SolvedCluster?) -> [PredictedEffect] {
        let (order, w, d) = (sums.subjectOrder, sums.clusterOrder, statistics.width)
        let s = statistics.subjectSums[(index * order * d)..<((index + 1) * order * d)]
        let own = (sums.kept + [statistics.columns]).map { $0 + w }
        func image(_ effect: Int, _ column: Int) -> Double {
            (0..<order).reduce(0) { $0 + k.element(effect, $1) * s[s.startIndex + $1 * d + column] }
        }
        return (0..<order).map { effect in
            let onCluster = (0..<w).map { image(effect, $0) }
            let onOwn = own.map { image(effect, $0) }
            var value = zip(onOwn, residuals).reduce(0) { $0 + $1.0 * $1.1 }
            var slopes = onOwn.dropLast().map { -$0 }
            var conditional = k.element(effect, effect)
            if let cluster {
                for one in 0..<w {
                    value -= onCluster[one] * cluster.values[one]
                    for column in slopes.indices { slopes[column] -= onCluster[one] * cluster.slopes[one][column] }
                    for other in 0..<w {
                        conditional += onCluster[one] * onCluster[other] * cluster.effects.element(one, other)
                    }
                }
            }
            return prediction(value, conditional: conditional, slopes)
        }
    }

    /// - Parameter slopes: how the prediction moves with the coefficients.
    private func prediction(_ value: Double, conditional: Double, _ slopes: [Double]) -> PredictedEffect {
        let error = conditional + point.likelihood.covariance.form(slopes)
        return PredictedEffect(
            value: value, conditionalDeviation: (residualVariance * max(0, conditional)).squareRoot(),
            predictionDeviation: (residualVariance * max(0, error)).squareRoot())
    }
}
