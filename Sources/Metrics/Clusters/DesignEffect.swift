/// How many times more members a trial of clinics needs than one of as many independent persons.
public struct DesignEffect: Equatable, Sendable {
    /// 1 + ((1 + v²) m − 1) ρ of clinics of mean size m (Eldridge, Ashby & Kerry 2006).
    public let value: Double
    public let meanSize: Double
    /// v: standard deviation of sizes, over J, by their mean.
    public let sizeVariation: Double

    /// - Parameter correlation: Between members of a clinic; below 0 it lowers the effect, and is used as it is.
    public init(sizes: [Double], correlation: Double) throws(ClusterFailure) {
        guard !sizes.isEmpty else { throw .tooFewClusters }
        guard sizes.allSatisfy({ $0 > 0 && $0.isFinite }), correlation.isFinite else { throw .misshapen }
        let count = Double(sizes.count)
        let mean = sizes.reduce(0, +) / count
        let variance = sizes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        meanSize = mean
        sizeVariation = variance.squareRoot() / mean
        value = 1 + ((1 + variance / (mean * mean)) * mean - 1) * correlation
    }
}
