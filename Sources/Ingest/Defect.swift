/// What is wrong with a row: it is refused, kept, and told to its sender.
/// The words are in the catalogues under `defect.<code>` (sentence) and `defect.<code>.remedy`.
public struct Defect: Sendable, Equatable {
    public let line: Int
    /// Declared name of the column; nil where it is the row.
    public let column: String?
    /// The cell as it was written; where the fault is of several cells, what they come to.
    public let value: String?
    public let code: Code
    /// What the value was held against.
    public let expected: String?

    public init(line: Int, column: String?, value: String?, code: Code, expected: String? = nil) {
        self.line = line
        self.column = column
        self.value = value
        self.code = code
        self.expected = expected
    }

    /// Whether it asks a question of a row that is accepted all the same.
    public var isQuestion: Bool { code == .amountUnusual }

    /// The published catalogue of faults. Bounds have the names of the database's own constraints.
    public enum Code: String, Sendable, CaseIterable {
        case cellCount = "cell_count"
        case valueMissing = "value_missing"
        case valueTwice = "value_twice"
        case countNotWhole = "count_not_whole"
        case countNegative = "count_negative"
        case countTooLarge = "count_too_large"
        case amountNotNumber = "amount_not_number"
        case amountTooPrecise = "amount_too_precise"
        case monthUnreadable = "month_unreadable"
        case monthOutOfRange = "month_out_of_range"
        case monthInFuture = "month_in_future"
        case monthBeforeOpening = "month_before_opening"
        case dateUnreadable = "date_unreadable"
        case dateOrder = "date_order"
        case openingTooLate = "opening_too_late"
        case timeUnreadable = "time_unreadable"
        case codeUnreadable = "code_unreadable"
        case choiceUnknown = "choice_unknown"
        case textTooLong = "text_too_long"
        case codeLostDigits = "code_lost_digits"
        case formulaNotComputed = "formula_not_computed"
        case valueUnwanted = "value_unwanted"
        case oneTooMany = "one_too_many"
        case amountZero = "amount_zero"
        case amountUnusual = "amount_unusual"
        case countOutOfRange = "count_out_of_range"
        case dateOutOfRange = "date_out_of_range"
        case dateInFuture = "date_in_future"
        case regionUnknown = "region_unknown"
        case trialUnknown = "trial_unknown"
        case methodUnfit = "method_unfit"
        case tellsArm = "tells_arm"
        case monthLocked = "month_locked"
        case heldWithFile = "held_with_file"
        case ruleBroken = "rule_broken"
        case siteUnknown = "site_unknown"
        case siteUnknownNear = "site_unknown_near"
        case duplicateRow = "duplicate_row"
        case aliasTaken = "alias_taken"
        case dosedOverServed = "dosed_over_served"
        case clientDaysOverMonth = "client_days_over_month"
        case maintenanceOverDosed = "maintenance_over_dosed"
        case on60mgOverMaintenance = "on_60mg_over_maintenance"
        case testsDoneOverScheduled = "tests_done_over_scheduled"
        case testsPositiveOverDone = "tests_positive_over_done"
        case clientsTestedOverTests = "clients_tested_over_tests"
        case clientsTestedOverServed = "clients_tested_over_served"
        case clientsPositiveOverTested = "clients_positive_over_tested"
        case clientsPositiveOverTestsPositive = "clients_positive_over_tests_positive"
        case cohort3PartsOverEntered = "cohort3_parts_over_entered"
        case cohort6PartsOverEntered = "cohort6_parts_over_entered"
        case cohort12PartsOverEntered = "cohort12_parts_over_entered"
    }
}

extension Defect.Code {
    /// The cell was read as a day or a number, and so cannot be a client's number that slipped into another column.
    var isOfUnderstoodCell: Bool {
        switch self {
        case .dateInFuture, .dateOutOfRange, .dateOrder, .monthBeforeOpening, .monthLocked, .amountZero, .amountUnusual,
            .methodUnfit, .cellCount:
            true
        default: false
        }
    }
}
