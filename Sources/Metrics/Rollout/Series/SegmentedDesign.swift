/// The columns of a segmented regression: 1, time, after, time since, the phase-in if modelled, yearly waves (Wagner et
/// al. 2002). Time runs from the first month of full work, so that the intercept is the level to which the change is
/// added, and no number is far from 0.
struct SegmentedDesign {
    /// Where the change of level and the change of slope stand among the columns.
    static let (level, slope) = (2, 3)

    let design: Design
    /// Which of the series' months are in it.
    let rows: [Int]
    let before: Int
    let after: Int
    /// What a month's place on the line hangs on.
    let course: SegmentedCourse

    /// - Parameters:
    ///   - months: ascending whole numbers.
    ///   - start: the month in which the site starts, phase-in included.
    init(_ months: [Double], start: Double, phaseIn: PhaseIn, waves: Int) {
        let full = start + Double(phaseIn.months)
        let isTraining = { (month: Double) in month >= start && month < full }
        var rows = Array(months.indices)
        if case .leftOut = phaseIn { rows.removeAll { isTraining(months[$0]) } }
        let kept = rows.map { months[$0] }
        let time = kept.map { $0 - full }
        var columns = [
            Array(repeating: 1, count: kept.count), time, time.map { $0 >= 0 ? 1 : 0 }, time.map { max(0, $0) },
        ]
        var hasTraining = false
        if case .modelled = phaseIn, kept.contains(where: isTraining) {
            hasTraining = true
            columns.append(kept.map { isTraining($0) ? 1 : 0 })
        }
        columns += YearlyWave.columns(kept, waves: waves)
        (design, self.rows) = (Design(columns: columns), rows)
        before = kept.count { $0 < start }
        after = kept.count { $0 >= full }
        course = SegmentedCourse(start: start, full: full, hasTraining: hasTraining, waves: waves)
    }
}
