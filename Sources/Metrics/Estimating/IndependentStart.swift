extension EstimatingSums {
    /// Coefficients as if members did not resemble each other.
    func independent() throws(ClusterFailure) -> [Double] {
        switch model {
        case .linear:
            var plain = EstimatingSums(data, model, .independence, denominators)
            plain.evaluate(Array(repeating: 0, count: data.columns))
            let factors = SymmetricFactors(plain.information)
            guard factors.dependent.isEmpty else { throw .dependentColumns }
            return factors.solve(plain.score)
        case .logistic, .logLinear:
            let (yes, all) = (data.sums.reduce(0, +), data.sizes.reduce(0, +))
            guard yes > 0, model != .logistic || yes < all else { throw .noEvents }
            do {
                return try CountRegression(
                    data.columnwise, counts: data.sums, sizes: data.sizes,
                    logOffset: model == .logLinear ? data.sizes.map { .log($0) } : nil,
                    family: model == .logistic ? .binomial : .poisson
                ).coefficients
            } catch {
                throw ClusterFailure(error)
            }
        }
    }
}
