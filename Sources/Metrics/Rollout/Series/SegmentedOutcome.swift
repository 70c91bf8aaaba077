extension SegmentedRegression {
    /// What is said of a fit beside its coefficients.
    struct Description {
        let method: Method
        let dispersion: Double?
        let serialCorrelation: Double?
        let record: SearchRecord
    }

    /// Changes of level and slope out of all coefficients; refuses an error of nothing.
    static func fit(
        _ segmented: SegmentedDesign, _ coefficients: [Double], _ covariances: [SymmetricMatrix],
        about: Description, degrees: @escaping @Sendable ([Double]) -> Double
    ) throws(SeriesFailure) -> SegmentedFit {
        let places = [SegmentedDesign.level, SegmentedDesign.slope]
        let fit = SegmentedFit(
            method: about.method, before: segmented.before, after: segmented.after, dispersion: about.dispersion,
            serialCorrelation: about.serialCorrelation, record: about.record,
            line: SegmentedLine(course: segmented.course, coefficients: coefficients),
            changes: places.map { coefficients[$0] },
            covariances: covariances.map { $0.restricted(to: places) }, degrees: degrees)
        guard fit.level.standardError.isFinite, fit.slope.standardError.isFinite else { throw .notConverged }
        guard fit.level.standardError > 0, fit.slope.standardError > 0 else { throw .noVariation }
        return fit
    }
}

extension SeriesFailure {
    init(_ failure: CountRegression.Failure) {
        switch failure {
        case .columns: self = .dependentColumns
        case .separated: self = .separated
        case .notConverged: self = .notConverged
        }
    }

    init(_ failure: AutoregressiveRegression.Failure) {
        switch failure {
        case .columns: self = .dependentColumns
        case .noVariation: self = .noVariation
        case .notConverged: self = .notConverged
        }
    }
}
