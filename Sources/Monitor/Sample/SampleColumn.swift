/// The counts of a monthly clinic report, in the order of the file's columns (after site, month and time of submission).
enum SampleColumn: Int, CaseIterable, Sendable {
    case opening, new, readmitted, transferredIn
    case exitDropout, exitTransferred, exitCompleted, exitDisciplinary, exitDetained, exitHospital, exitMoved
    case exitDied, exitOther
    case closing, clientsDosed, clientDays, methadoneMg, onMaintenance, on60mg
    case testsScheduled, testsDone, testsPositive, clientsTested, clientsPositive
    case cohort3Entered, cohort3In, cohort3Dropout, cohort3Transferred, cohort3Died, cohort3Unknown
    case cohort6Entered, cohort6In, cohort6Dropout, cohort6Transferred, cohort6Died, cohort6Unknown
    case cohort12Entered, cohort12In, cohort12Dropout, cohort12Transferred, cohort12Died, cohort12Unknown

    static let admissions: [SampleColumn] = [.new, .readmitted, .transferredIn]
    static let exits: [SampleColumn] = SampleExit.allCases.map(\.column)
    static let urine: [SampleColumn] = [.testsScheduled, .testsDone, .testsPositive, .clientsTested, .clientsPositive]
}

/// Why a client left, in the order of the exit columns.
enum SampleExit: Int, CaseIterable, Sendable {
    case dropout, transferred, completed, disciplinary, detained, hospital, moved, died, other

    var column: SampleColumn {
        switch self {
        case .dropout: .exitDropout
        case .transferred: .exitTransferred
        case .completed: .exitCompleted
        case .disciplinary: .exitDisciplinary
        case .detained: .exitDetained
        case .hospital: .exitHospital
        case .moved: .exitMoved
        case .died: .exitDied
        case .other: .exitOther
        }
    }

    /// Whether the client may come back to the same clinic.
    var isReversible: Bool { [.dropout, .disciplinary, .detained, .hospital, .other].contains(self) }
}

/// The counts of one report by column.
struct SampleCounts: Sendable {
    private var values = [Int](repeating: 0, count: SampleColumn.allCases.count)

    subscript(column: SampleColumn) -> Int {
        get { values[column.rawValue] }
        set { values[column.rawValue] = newValue }
    }
}
