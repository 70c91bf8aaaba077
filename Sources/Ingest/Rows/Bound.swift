/// A bound between counts of one row: the parts together are at most the wholes together.
/// A row that breaks it is refused, under the name of the database's own constraint.
struct Bound: Sendable, Equatable {
    let code: Defect.Code
    let parts: [String]
    let wholes: [String]
    /// Client-days are bounded by clients times the days of the month.
    var perDayOfMonth = false
    /// Where parts may be blank and count as nothing: then even the others are too many.
    var blankPartsCountAsNone = false

    static let monthly: [Bound] = {
        let served = ["opening", "new", "readmitted", "transferred_in"]
        return [
            Bound(code: .dosedOverServed, parts: ["clients_dosed"], wholes: served),
            Bound(code: .clientDaysOverMonth, parts: ["client_days"], wholes: ["clients_dosed"], perDayOfMonth: true),
            Bound(code: .maintenanceOverDosed, parts: ["on_maintenance"], wholes: ["clients_dosed"]),
            Bound(code: .on60mgOverMaintenance, parts: ["on_60mg"], wholes: ["on_maintenance"]),
            Bound(code: .testsDoneOverScheduled, parts: ["tests_done"], wholes: ["tests_scheduled"]),
            Bound(code: .testsPositiveOverDone, parts: ["tests_positive"], wholes: ["tests_done"]),
            Bound(code: .clientsTestedOverTests, parts: ["clients_tested"], wholes: ["tests_done"]),
            Bound(code: .clientsTestedOverServed, parts: ["clients_tested"], wholes: served),
            Bound(code: .clientsPositiveOverTested, parts: ["clients_positive"], wholes: ["clients_tested"]),
            Bound(code: .clientsPositiveOverTestsPositive, parts: ["clients_positive"], wholes: ["tests_positive"]),
            cohort(3, .cohort3PartsOverEntered),
            cohort(6, .cohort6PartsOverEntered),
            cohort(12, .cohort12PartsOverEntered),
        ]
    }()

    private static func cohort(_ months: Int, _ code: Defect.Code) -> Bound {
        Bound(
            code: code,
            parts: ["in", "dropout", "transferred", "died", "unknown"].map { "cohort\(months)_\($0)" },
            wholes: ["cohort\(months)_entered"], blankPartsCountAsNone: true)
    }

    /// The defect of a row that breaks the bound; nil where it holds or a blank leaves it open.
    func defect(in row: ParsedRow) -> Defect? {
        let partNumbers = parts.map { row[$0].number }
        let wholeNumbers = wholes.compactMap { row[$0].number }
        guard wholeNumbers.count == wholes.count, blankPartsCountAsNone || !partNumbers.contains(nil) else {
            return nil
        }
        let part = partNumbers.compactMap(\.self).reduce(0, +)
        let whole = wholeNumbers.reduce(0, +) * factor(row)
        guard part > whole else { return nil }
        return Defect(line: row.line, column: parts[0], value: "\(part)", code: code, expected: "\(whole)")
    }

    private func factor(_ row: ParsedRow) -> Int {
        guard perDayOfMonth, case .month(let month) = row["month"] else { return 1 }
        return month.days
    }
}
