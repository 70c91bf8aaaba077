/// Statistics of how much neighbouring residuals resemble one another. They describe a series; none is a gate, as short
/// series hide correlation from all of them (Turner et al. 2021).
enum SerialCorrelation {
    /// Σ e(t) e(t−1) / Σ e²; nil where all residuals are 0.
    static func lagOne(_ residuals: [Double]) -> Double? {
        let products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        return (products / squares(residuals)).finite
    }

    /// Σ (e(t) − e(t−1))² / Σ e², near 2 without correlation (Durbin & Watson 1950).
    static func durbinWatson(_ residuals: [Double]) -> Double? {
        let steps = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
        return (steps / squares(residuals)).finite
    }

    /// n(n + 2) Σ r(l)²/(n − l), χ² on so many lags (Ljung & Box 1978); of residuals about their mean.
    static func ljungBox(_ residuals: [Double], lags: Int) -> Double? {
        let n = Double(residuals.count)
        guard lags > 0, lags < residuals.count else { return nil }
        let mean = residuals.reduce(0, +) / n
        let centred = residuals.map { $0 - mean }
        let sum = (1...lags).reduce(0.0) { sum, lag in
            let r = zip(centred, centred.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / squares(centred)
            return sum + r * r / (n - Double(lag))
        }
        return (n * (n + 2) * sum).finite
    }

    /// n R² of the residuals regressed on the columns and their own past, 0 before the first; χ² on so many lags (Breusch
    /// 1978; Godfrey 1978).
    static func breuschGodfrey(_ residuals: [Double], _ design: Design, lags: Int) -> Double? {
        guard lags > 0, lags < residuals.count else { return nil }
        let past = (1...lags).map { Array(repeating: 0, count: $0) + residuals.dropLast($0) }
        let columns = (0..<design.columns).map { column in (0..<design.rows).map { design[$0, column] } }
        guard let fit = try? LeastSquares(Design(columns: columns + past), residuals) else { return nil }
        return (Double(residuals.count) * (1 - fit.residualSquares / squares(residuals))).finite
    }

    private static func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
}
