/// What became of the clients who entered a clinic for the first time in one month: uninterrupted stays only, so that
/// someone who dropped out and came back stays among the dropouts, and exits never fall with time.
struct SampleCohort {
    let entered: Int
    private var dropout = 0
    private var transferred = 0
    private var died = 0
    /// Left in any other way: the report has no column of its own for them.
    private var unknown = 0

    init(entered: Int) { self.entered = entered }

    mutating func leave(by exit: SampleExit) {
        switch exit {
        case .dropout: dropout += 1
        case .transferred: transferred += 1
        case .died: died += 1
        default: unknown += 1
        }
    }

    /// Entered, still in, dropped out, transferred, died, unknown: the order of the columns.
    var parts: [Int] {
        [entered, entered - dropout - transferred - died - unknown, dropout, transferred, died, unknown]
    }
}
