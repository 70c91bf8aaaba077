/// Ordinary least squares of a few columns, with the covariances that hold where errors differ or resemble one another.
struct LeastSquares {
    let coefficients: [Double]
    let residuals: [Double]
    /// Xᵀ X.
    let information: SymmetricFactors
    /// Observations less coefficients.
    let degrees: Int
    private let design: Design

    enum Failure: Error, Equatable {
        /// No row, or columns that depend on one another: which.
        case columns([Int])
        case notFinite
    }

    /// Solved twice, the second time for the residuals, which leaves little of the rounding of cross-products.
    init(_ design: Design, _ response: [Double]) throws(Failure) {
        let ones = Array(repeating: 1.0, count: design.rows)
        information = SymmetricFactors(design.crossProducts(weights: ones))
        guard design.rows > 0, design.columns > 0, information.dependent.isEmpty else {
            throw .columns(information.dependent)
        }
        var (beta, residuals) = (Array(repeating: 0.0, count: design.columns), response)
        var predicted = response
        for _ in 0..<2 {
            let step = information.solve(design.transposedTimes(residuals))
            for column in beta.indices { beta[column] += step[column] }
            design.predict(beta, into: &predicted)
            for row in residuals.indices { residuals[row] = response[row] - predicted[row] }
        }
        guard beta.allSatisfy(\.isFinite), residuals.allSatisfy(\.isFinite) else { throw .notFinite }
        (coefficients, self.residuals, self.design) = (beta, residuals, design)
        degrees = design.rows - design.columns
    }

    var residualSquares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

    /// s² (XᵀX)⁻¹; nil without degrees of freedom.
    func covariance() -> SymmetricMatrix? {
        guard degrees > 0 else { return nil }
        var covariance = information.inverse()
        covariance.scale(by: residualSquares / Double(degrees))
        return covariance
    }

    /// HC0 (White 1980): right in many observations of whatever variance.
    func whiteCovariance() -> SymmetricMatrix { sandwich(residuals) }

    /// HC3 (MacKinnon & White 1985): residuals over 1 − leverage. Nil where an observation has a column to itself.
    func jackknifeCovariance() -> SymmetricMatrix? {
        let inverse = information.inverse()
        let turned = residuals.indices.map { row in
            residuals[row] / (1 - inverse.form((0..<design.columns).map { design[row, $0] }))
        }
        return turned.allSatisfy(\.isFinite) ? sandwich(turned) : nil
    }

    private func sandwich(_ residuals: [Double]) -> SymmetricMatrix {
        information.sandwich(NeweyWest.middle(design.columnwise(times: residuals), lag: 0), scale: 1)
    }

    /// Of neighbours that resemble one another, times n/(n − p) (Newey & West 1987); nil without degrees of freedom.
    func neweyWest(lag: Int) -> SymmetricMatrix? {
        guard degrees > 0 else { return nil }
        return information.sandwich(
            NeweyWest.middle(design.columnwise(times: residuals), lag: lag),
            scale: Double(design.rows) / Double(degrees))
    }

    /// How many neighbours the residuals themselves ask for; the first column is the intercept.
    func automaticBandwidth() -> Double? {
        let scores = design.columnwise(times: residuals)
        return NeweyWest.bandwidth(scores.count > 1 ? Array(scores.dropFirst()) : scores)
    }
}
