/// Turns true counts into a submitted row, with the fault that the plan asks for.
enum SampleClerk {
    /// The row as first submitted; `earlier` is the true row of the month before.
    static func spoil(_ row: inout SampleRow, by kind: SampleFaultKind, earlier: SampleRow?) {
        switch kind {
        case .totalsDoNotAdd: row.add(3, to: .exitDropout)
        case .openingIsNotLastClosing:
            // A balancing item hides the difference, so that only the link between the months breaks.
            row.add(4, to: .opening)
            row.add(4, to: .exitOther)
        case .emptyReport: row.erase()
        case .copiedMonth: if let earlier { row.copyCounts(of: earlier) }
        case .zeroForMissingUrine: for column in SampleColumn.urine { row[column] = 0 }
        case .methadoneInMillilitres: row[.methadoneMg] = (row[.methadoneMg] ?? 0) / 10
        case .notWhole: row.write("\(row[.clientsDosed] ?? 0).5", in: .clientsDosed)
        case .negative: row[.exitTransferred] = -2
        case .positivesOverDone: row[.testsPositive] = (row[.testsDone] ?? 0) + 3
        case .corrected:
            // The laboratory's last results were not yet in.
            for column in [SampleColumn.testsPositive, .clientsPositive] { row[column] = (row[column] ?? 0) * 3 / 4 }
        case .unknownSite: row.site = letterForZero(row.site)
        default: break
        }
    }

    /// `QS-007` as `QS-O07`.
    static func letterForZero(_ site: String) -> String {
        var characters = Array(site)
        if let zero = characters.firstIndex(of: "0") { characters[zero] = "O" }
        return String(characters)
    }

    /// The rows of the months in which overlooked dropouts were still carried as clients.
    static func overlook(_ dropouts: Int, in row: inout SampleRow, isFirstMonth: Bool) {
        row.add(isFirstMonth ? -dropouts : dropouts, to: isFirstMonth ? .exitDropout : .opening)
        row.add(dropouts, to: .closing)
    }
}

extension SampleRow {
    mutating func copyCounts(of other: SampleRow) {
        for column in SampleColumn.allCases { self[column] = other[column] }
    }
}
