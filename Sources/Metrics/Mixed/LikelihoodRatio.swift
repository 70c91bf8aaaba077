/// What a model loses in likelihood when something is taken from it.
public struct LikelihoodRatioTest: Equatable, Sendable {
    /// Twice the loss.
    public let statistic: Double
    public let degrees: Int
    public let p: Double
}

extension LinearMixedModel {
    /// Whether weighted sums of coefficients are 0, by maximum likelihood whatever the model was fitted by.
    ///
    /// The χ² law is too generous with few clinics; `test` is the one to lead with.
    public func likelihoodRatioTest(_ contrasts: [[Double]]) throws(MixedModelFailure) -> LikelihoodRatioTest? {
        let own = contrasts.compactMap(standardised)
        let origins = contrasts.map { -statistics.standardisation.origin($0) }
        guard own.count == contrasts.count, let restriction = Restriction(own, values: origins) else { return nil }
        let whole = try VarianceSearch(statistics, sums, effects, method: .maximum).search(from: point.place)
        let part = try VarianceSearch(statistics, sums, effects, method: .maximum, restriction: restriction)
            .search(from: point.place)
        let statistic = max(0, part.convergence.criterion - whole.convergence.criterion)
        guard let p = ChiSquared.upperTail(statistic, degrees: Double(contrasts.count)) else { return nil }
        return LikelihoodRatioTest(statistic: statistic, degrees: contrasts.count, p: p)
    }

    /// Whether a variance is 0, by the likelihood that the model was fitted by. Half of the law stands at 0, the end of
    /// what is possible (Self & Liang 1987), which is too cautious with few clinics.
    ///
    /// - Parameter variance: its place in the list: clients' variances first, then clinics'; nil for one of an unstructured
    ///   covariance.
    public func varianceTest(_ variance: Int) throws(MixedModelFailure) -> LikelihoodRatioTest? {
        guard coordinates.isVariance(variance) else { return nil }
        let search = VarianceSearch(statistics, sums, effects, method: method)
        var start = point.place
        start[variance] = 0
        let without = try search.search(from: start, held: [variance])
        let statistic = without.convergence.criterion - convergence.criterion
        guard statistic > 0, let tail = ChiSquared.upperTail(statistic, degrees: 1) else {
            return LikelihoodRatioTest(statistic: 0, degrees: 1, p: 1)
        }
        return LikelihoodRatioTest(statistic: statistic, degrees: 1, p: tail / 2)
    }
}
