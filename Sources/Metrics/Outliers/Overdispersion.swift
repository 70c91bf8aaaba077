/// How much more the months of a series vary than chance, and how well their pooled ratio is known, by moments.
///
/// Both are squared, in units in which a proportion has variance p(1 − p) and a rate its square: for proportions an
/// intraclass correlation, for rates a squared coefficient of variation.
struct Overdispersion: Equatable {
    /// Between months beyond chance, at least 0.
    let between: Double
    /// Of the pooled ratio.
    let ofPooled: Double

    /// What the ratio of a month not among these may differ by.
    var predictive: Double { between + ofPooled }

    /// From S = Σ nᵢ(pᵢ − p)² with p = Σx/Σn.
    ///
    /// Proportions (Kleinman 1973, weights nᵢ): E S/(p(1 − p)) = (k − 1)(1 − ρ) + ρ(N − Σnᵢ²/N). Rates: E S/u =
    /// k − 1 + cu(N − Σnᵢ²/N), after Marshall (1991), who takes the pooled rate as known and so has k + cuN.
    /// Nil where the months had no event, or nothing but events.
    init?(of months: [MonthlyCount], pooled: MonthlyCount, model: CountModel) {
        let whole = pooled.denominator
        let unit = model.varianceUnit(of: pooled)
        guard unit > 0 else { return nil }
        let scatter = months.reduce(0) { sum, month in
            sum + month.denominator * (month.ratio - pooled.ratio) * (month.ratio - pooled.ratio)
        }
        let degrees = Double(months.count - 1)
        let concentration = months.reduce(0) { $0 + $1.denominator * ($1.denominator / whole) } / whole
        let reach = whole * (1 - concentration)
        let excess = scatter / unit - degrees
        switch model {
        case .binomial:
            // Months of one test each cannot show a spread between them.
            let room = reach - degrees
            between = room > 1e-9 * whole ? min(1, max(0, excess / room)) : 0
            ofPooled = (1 - between) / whole + between * concentration
        case .poisson:
            between = max(0, excess / (pooled.ratio * reach))
            ofPooled = 1 / pooled.numerator + between * concentration
        }
        guard between.isFinite, ofPooled.isFinite else { return nil }
    }
}

extension CountModel {
    /// Variance of the ratio of one trial, or of one unit of exposure, by chance alone: p(1 − p) or u.
    fileprivate func varianceUnit(of pooled: MonthlyCount) -> Double {
        switch self {
        case .binomial: pooled.ratio * ((pooled.denominator - pooled.numerator) / pooled.denominator)
        case .poisson: pooled.ratio
        }
    }
}
