/// Weights by which a wild bootstrap multiplies each cluster's residuals.
public enum WildWeights: String, Sendable {
    /// ±1: 2^J samples (Cameron, Gelbach & Miller 2008).
    case rademacher
    /// ±√½, ±1, ±√(3/2): 6^J samples, for few clusters (Webb 2023).
    case webb

    var values: [Double] {
        switch self {
        case .rademacher: [1, -1]
        case .webb: [0.5, 1, 1.5].map { $0.squareRoot() } + [0.5, 1, 1.5].map { -$0.squareRoot() }
        }
    }

    /// Every sample whose first weight is positive, cluster by cluster; the others mirror them.
    func half(clusters: Int) -> [Double] {
        let values = values
        let count = Int(samples(clusters: clusters)) / 2
        var weights: [Double] = []
        weights.reserveCapacity(count * clusters)
        for sample in 0..<count {
            var rest = sample
            for cluster in 0..<clusters {
                let choices = cluster == 0 ? values.count / 2 : values.count
                weights.append(values[rest % choices])
                rest /= choices
            }
        }
        return weights
    }

    /// How many samples there are.
    func samples(clusters: Int) -> Double { .pow(Double(values.count), Double(clusters)) }

    func drawn(_ draws: Int, clusters: Int, using generator: inout some RandomNumberGenerator) -> [Double] {
        let values = values
        return (0..<(draws * clusters)).map { _ in values[Int.random(in: values.indices, using: &generator)] }
    }
}
