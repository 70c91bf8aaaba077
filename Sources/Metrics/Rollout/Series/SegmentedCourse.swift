/// Where a month stands on the line of a segmented regression.
struct SegmentedCourse: Sendable {
    /// The month in which the site started, and its first one of full work.
    let start, full: Double
    /// Whether the months between have a level of their own; else they are not on the line.
    let hasTraining: Bool
    let waves: Int

    /// The columns of `SegmentedDesign` in a month, or what they would be had nothing begun.
    func row(_ month: Double, begun: Bool) -> [Double] {
        let time = month - full
        var row = [1, time, begun && time >= 0 ? 1 : 0, begun ? max(0, time) : 0]
        if hasTraining { row.append(begun && isTraining(month) ? 1 : 0) }
        return row + YearlyWave.columns([month], waves: waves).map { $0[0] }
    }

    func isTraining(_ month: Double) -> Bool { month >= start && month < full }
}

/// The line of a site's regression, month by month, for a chart.
public struct SegmentedLine: Sendable {
    let course: SegmentedCourse
    let coefficients: [Double]

    /// Events expected per unit of exposure in a month; nil where the months of learning are left out.
    public func rate(in month: Double) -> Double? {
        guard course.hasTraining || !course.isTraining(month) else { return nil }
        return rate(course.row(month, begun: true))
    }

    /// What would have gone on from before the start; nil before it.
    public func continued(in month: Double) -> Double? {
        month >= course.start ? rate(course.row(month, begun: false)) : nil
    }

    private func rate(_ row: [Double]) -> Double? {
        Double.exp(zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }).finite
    }
}
