/// A model fitted again with some clinics left out or counted several times, from the same sums.
public struct MixedRefit: Sendable {
    /// How many times each clinic counted.
    public let multiplicities: [Int]
    /// The weighted sums asked for; nil where columns were left out that they need.
    public let estimates: [Double?]
    public let convergence: Convergence
}

extension LinearMixedModel {
    /// How much hangs on each clinic: the model without it, by its number.
    public func withoutEachCluster(_ contrasts: [[Double]]) -> [Result<MixedRefit, MixedModelFailure>] {
        (0..<statistics.clusterCount).map { left in
            refit((0..<statistics.clusterCount).map { $0 == left ? 0 : 1 }, contrasts)
        }
    }

    /// Refits with as many clinics drawn with replacement; a clinic drawn twice is two clinics that are alike.
    ///
    /// - Parameter strata: for each clinic the stratum, e.g. arm or pair, within which it is drawn.
    public func bootstrap<Generator: RandomNumberGenerator>(
        _ contrasts: [[Double]], replicates: Int, strata: [Int]? = nil, using generator: inout Generator
    ) -> [Result<MixedRefit, MixedModelFailure>] {
        let strata = strata ?? Array(repeating: 0, count: statistics.clusterCount)
        let members = Dictionary(grouping: strata.indices) { strata[$0] }.sorted { $0.key < $1.key }.map(\.value)
        return (0..<replicates).map { _ in
            var multiplicities = Array(repeating: 0, count: strata.count)
            for own in members {
                for _ in own { multiplicities[own[Int.random(in: own.indices, using: &generator)]] += 1 }
            }
            return refit(multiplicities, contrasts)
        }
    }

    /// Where other clinics' ratios are looked for first: where this model's were found, but not at 0.
    private var nearby: [Double] {
        point.place.indices.map { coordinates.isBounded[$0] ? max(0.02, point.place[$0]) : point.place[$0] }
    }

    /// - Parameter multiplicities: how many times each clinic counts.
    public func refit(_ multiplicities: [Int], _ contrasts: [[Double]]) -> Result<MixedRefit, MixedModelFailure> {
        do throws(MixedModelFailure) {
            let sums = WeightedSums(statistics, multiplicities: multiplicities)
            guard sums.rows > sums.kept.count else { throw .tooFewObservations }
            guard sums.varies else { throw .noVariation }
            let found = try VarianceSearch(statistics, sums, effects, method: method).search(from: nearby)
            let coefficients = found.point.likelihood.coefficients
            let estimates = contrasts.map { weights -> Double? in
                let standardisation = statistics.standardisation
                let own = standardisation.standardised(weights)
                guard (0..<statistics.columns).allSatisfy({ weights[$0] == 0 || sums.kept.contains($0) }) else {
                    return nil
                }
                return zip(sums.kept, coefficients).reduce(standardisation.origin(weights)) { $0 + own[$1.0] * $1.1 }
            }
            return .success(
                MixedRefit(multiplicities: multiplicities, estimates: estimates, convergence: found.convergence))
        } catch { return .failure(error) }
    }
}
