extension LinearMixedModel {
    /// Degrees of freedom of a weighted sum of coefficients whose variance is itself estimated (Satterthwaite 1946;
    /// Giesbrecht & Burns 1985): ν = 2 (lᵀCl)²/(gᵀAg) with A from the observed curvature. Variances at 0 take no part.
    ///
    /// Nil where the sum has no variance, or the variances' curvature no inverse.
    func satterthwaiteDegrees(_ own: [Double]) -> Double? {
        guard let curvature = varianceCurvature() else { return nil }
        return degrees(own, curvature)
    }

    /// Of several contrasts at once (Fai & Cornelius 1996): from the degrees of their principal components.
    func satterthwaiteDegrees(_ contrasts: [[Double]], _ covariance: SymmetricMatrix) -> Double? {
        guard let curvature = varianceCurvature() else { return nil }
        if contrasts.count == 1 { return degrees(contrasts[0], curvature) }
        let principal = SymmetricEigen(covariance)
        var expectation = 0.0
        for vector in principal.vectors {
            let own = (0..<sums.kept.count).map { column in
                zip(vector, contrasts).reduce(0) { $0 + $1.0 * $1.1[column] }
            }
            guard let degrees = degrees(own, curvature), degrees > 2 else { return 2 }
            expectation += degrees / (degrees - 2)
        }
        let q = Double(contrasts.count)
        return expectation > q ? 2 * expectation / (expectation - q) : nil
    }

    private func degrees(_ own: [Double], _ curvature: (free: [Int], factors: SymmetricFactors)) -> Double? {
        let likelihood = point.likelihood
        let image = likelihood.covariance.times(own)
        let variance = zip(own, image).reduce(0) { $0 + $1.0 * $1.1 }
        guard variance > 0 else { return nil }
        // The variance's derivative by each ratio is −lᵀCMₖCl, by the logarithm of the residual variance itself.
        let padded = image + [0]
        let byRatio = likelihood.ratios.indices.map { -likelihood.moments.products[Derivatives.first($0)].form(padded) }
        let slopes = coordinates.ratios(point.place).slopes
        let gradient =
            curvature.free.map { one in zip(byRatio, slopes).reduce(0) { $0 + $1.0 * $1.1[one] } } + [variance]
        let spread = 2 * zip(gradient, curvature.factors.solve(gradient)).reduce(0) { $0 + $1.0 * $1.1 }
        return spread > 0 ? 2 * variance * variance / spread : nil
    }

    /// The criterion's curvature in the free coordinates and the logarithm of the residual variance.
    private func varianceCurvature() -> (free: [Int], factors: SymmetricFactors)? {
        let likelihood = point.likelihood
        let free = point.place.indices.filter { !convergence.boundary.contains($0) }
        let (_, slopes, bend) = coordinates.ratios(point.place, weights: likelihood.gradient)
        var byRatio = SymmetricMatrix(order: likelihood.ratios.count)
        for k in likelihood.ratios.indices {
            for l in 0...k {
                let second = Derivatives.second(k, l)
                byRatio[k, l] = likelihood.determinant[second] + likelihood.residual[second] / residualVariance
            }
        }
        var own = coordinates.transformed(byRatio, slopes)
        own.add(1, times: bend)
        var curvature = SymmetricMatrix(order: free.count + 1)
        for (row, one) in free.enumerated() {
            for (column, other) in free.enumerated() { curvature[row, column] = own[one, other] }
            curvature[row, free.count] =
                -likelihood.ratios.indices.reduce(0) {
                    $0 + likelihood.residual[Derivatives.first($1)] * slopes[$1][one]
                } / residualVariance
        }
        curvature[free.count, free.count] = likelihood.degrees
        let factors = SymmetricFactors(curvature)
        return factors.dependent.isEmpty ? (free, factors) : nil
    }
}
