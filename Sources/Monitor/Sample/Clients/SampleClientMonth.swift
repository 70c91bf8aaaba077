import Ingest

/// What a clinic can write down of one client in one month; the report counts the same months.
struct SampleClientMonth: Sendable {
    /// The client's (`SampleClient.number`).
    let number: Int
    /// The clinic's index, and the month's from the first of the period.
    let clinic: Int
    let index: Int
    /// Tendency to use heroin; 1 is the programme's average.
    let use: Double
    /// Whole months in the stay before this one.
    let monthsInStay: Int
    /// How the stay began, and how it ended, if in this month.
    let entry: SampleEntry?
    let exit: SampleExit?
    /// Nil in the run-up, of which nobody reports.
    let attendance: SampleAttendance?

    init(
        _ clinic: SampleClinic, _ conditions: SampleConditions, _ stay: SampleStay, entry: SampleEntry?,
        attendance: SampleAttendance?
    ) {
        number = stay.client.number
        self.clinic = clinic.index
        index = conditions.index
        use = stay.client.use
        monthsInStay = stay.client.monthsInStay
        self.entry = entry
        exit = stay.exit
        self.attendance = attendance
    }
}

/// How a stay begins.
enum SampleEntry: String, Sendable {
    case new
    case readmitted
    case transferredIn = "transferred_in"
}

/// One client's month at the dispensary.
struct SampleAttendance: Sendable {
    struct Tests: Sendable {
        var scheduled = 0
        var done = 0
        var positive = 0
    }

    /// Part of the month in treatment, from 0 to 1.
    let part: Double
    /// Days with a dose, and the dose on each in milligrams.
    var days = 0
    var doseMg = 0
    var tests = Tests()

    init(part: Double) { self.part = part }
}
