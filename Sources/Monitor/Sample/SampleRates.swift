/// The sample's assumptions: monthly probabilities per client, fitted by trial so that the reports agree with the
/// published national figures (Bull WHO 2013;91:130–135, table 2, years 2009–2011; Sullivan 2015 for cohort retention).
///
/// None of them is an estimate of anything real.
enum SampleRates {
    // Size.
    /// Mean clients per clinic at the end of the period: 140,102 / 738 in 2011.
    static let meanCaseload = 190.0
    /// Log standard deviation of clinic size: with it the largest of 68 is about six times the mean, as 1,367 is to 190.
    static let caseloadLogSD = 0.85
    /// The largest clinic: of the order of the published maximum, 1,367.
    static let largestCaseload = 1_150.0
    /// The smallest, and the places that it has: its cells must be suppressed (fewer than 5).
    static let smallestCaseload = 3.0
    static let smallestPlaces = 4
    /// Before the run-up: clients per client of the final size, people who left earlier per client in treatment, and the
    /// longest time in months since either.
    static let startingCaseload = 0.80
    static let startingAway = 0.9
    static let startingMonths = 48
    /// Yearly growth of admissions.
    static let growthPerYear = 0.04

    // Admissions and leaving.
    /// New clients a month per client of the clinic's size.
    static let newPerClient = 0.0250
    /// Dropout in the n-th month of a stay; the last value holds from then on.
    static let dropoutByMonth = [
        0.076, 0.134, 0.116, 0.092, 0.075, 0.066, 0.057, 0.045, 0.037, 0.030, 0.024, 0.020, 0.0125,
    ]
    /// Exits other than dropout; deaths are about 1.3 per 100 person-years.
    static let otherExits: [(exit: SampleExit, probability: Double)] = [
        (.died, 0.0011), (.transferred, 0.0028), (.completed, 0.0005), (.disciplinary, 0.0009), (.detained, 0.0035),
        (.hospital, 0.0005), (.moved, 0.0012), (.other, 0.0004),
    ]
    static let otherExitsTogether = otherExits.reduce(0) { $0 + $1.probability }
    /// Return to treatment, by months since leaving: in Guangdong 82 % of those who had dropped out came back
    /// (PLoS One 2015 e0139942), most of them soon.
    static func returning(afterMonths months: Int) -> Double {
        switch months {
        case ...3: 0.070
        case ...12: 0.030
        case ...60: 0.010
        default: 0
        }
    }
    /// Transferred clients who arrive at the other clinic.
    static let transferArrives = 0.9

    // Dose and urine.
    /// Standard deviation of the dose relative to its mean: about half of the clients reach 60 mg.
    static let doseSD = 0.33
    /// Dose in the first and second month of a stay, relative to the later one: induction starts low.
    static let inductionDose = [0.62, 0.88]
    /// Probability that a client on an average habit has a positive test.
    static let positivity = 0.236
    /// More concurrent use in the first months of a stay.
    static let earlyPositivity = [1.5, 1.3, 1.15]
    /// Clients asked for a second test in a month: on entry, and later.
    static let secondTest = (entry: 0.5, later: 0.1)
    /// Scheduled tests that are done.
    static let testDone = 0.86
    /// A client's share of positive tests at the most.
    static let mostPositive = 0.95

    // Attendance.
    /// Share of a month's days missed at the most; a quarter of it on average.
    static let mostMissed = 0.32
    /// Dropouts who took their last dose in the month before, and are only now counted as gone.
    static let lastDoseTheMonthBefore = 0.3

    // Between clinics (log standard deviations), and from month to month within one.
    static let dropoutLogSD = 0.22
    static let positivityLogSD = 0.25
    static let doseLogSD = 0.07
    static let monthLogSD = 0.06

    /// Three kinds of client: share, tendency to drop out, tendency to use heroin.
    static let habits: [(share: Double, frailty: Double, use: Double)] = [
        (0.45, 0.80, 0.35), (0.35, 1.00, 1.00), (0.20, 1.35, 2.50),
    ]
}
