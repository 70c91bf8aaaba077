@testable import Metrics

/// The spells of the reference data as the R scripts take them.
struct SurvivalData {
    static let reasons = ["dropout", "incarceration", "transfer", "death", "completed"]
    /// Reasons that are no plan of the client's treatment.
    static let unplanned = [0, 1, 3]

    struct Row {
        let fields: [String: String]
        let spell: Spell

        func number(_ column: String) -> Double { Double(fields[column] ?? "") ?? .nan }
    }

    /// Every episode, with delayed entry.
    static func episodes() throws -> [Row] {
        try Reference.table("episodes.csv").map { fields in
            Row(
                fields: fields,
                spell: Spell(
                    entry: Double(fields["entry_day"] ?? "") ?? .nan, exit: Double(fields["exit_day"] ?? "") ?? .nan,
                    reason: reasons.firstIndex(of: fields["exit_reason"] ?? "")))
        }
    }

    /// Episodes seen from their first day.
    static func incident() throws -> [Row] { try episodes().filter { $0.spell.entry == 0 } }

    /// Rows of any table with one kind of event.
    static func spells(_ file: String, time: String, event: String, happened: (Double) -> Bool = { $0 == 1 }) throws
        -> [Row]
    {
        try Reference.table(file).compactMap { fields in
            guard let time = Double(fields[time] ?? ""), let event = Double(fields[event] ?? "") else { return nil }
            return Row(fields: fields, spell: Spell(exit: time, reason: happened(event) ? 0 : nil))
        }
    }
}

extension [SurvivalData.Row] {
    func table(reasons: Int = SurvivalData.reasons.count) -> RiskTable { RiskTable(map(\.spell), reasons: reasons) }

    /// The rows of each group, by the value of a column.
    func grouped(by column: String) -> [String: [SurvivalData.Row]] {
        Dictionary(grouping: self) { $0.fields[column] ?? "" }
    }
}

/// A civil day of the reference data as a count of days, which R's Date is.
struct Day {
    let number: Int

    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        // Years begin in March, so that the day of leap years comes last.
        let (year, month) = parts[1] > 2 ? (parts[0], parts[1] - 3) : (parts[0] - 1, parts[1] + 9)
        number = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2]
    }
}
