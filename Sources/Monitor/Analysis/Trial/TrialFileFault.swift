/// What is wrong with a trial's file, or with what is asked of it. The words are in the catalogues under
/// `analyse.fault.<code>`.
struct TrialFileFault: Error, Equatable {
    enum Code: String, CaseIterable {
        case noColumn = "no_column"
        case columnTwice = "column_twice"
        case tooManyCells = "too_many_cells"
        case blank
        case notANumber = "not_a_number"
        case notAVisit = "not_a_visit"
        case notBinary = "not_binary"
        case notAnEvent = "not_an_event"
        case noTime = "no_time"
        case oneArm = "one_arm"
        case manyArms = "many_arms"
        case whichArm = "which_arm"
        case noSuchArm = "no_such_arm"
        case armChanges = "arm_changes"
        case stratumChanges = "stratum_changes"
        case participantMoves = "participant_moves"
        case covariateChanges = "covariate_changes"
        case twice
        case noSuchVisit = "no_such_visit"
        case noBaseline = "no_baseline"
        case nothingMeasured = "nothing_measured"
        case methodOfOtherKind = "method_of_other_kind"
        case missingOfNumbers = "missing_of_numbers"
    }

    let code: Code
    var values: [String: String] = [:]

    init(_ code: Code, line: Int? = nil, column: String? = nil, _ values: [String: String] = [:]) {
        self.code = code
        self.values = values
        self.values["line"] = line.map { "\($0)" }
        self.values["column"] = column
    }
}
