/// A column of a kind of report, as declared once: reader, checks, staging table, template and guide follow from it.
public struct Column: Sendable, Equatable {
    public enum Form: Sendable, Equatable {
        /// A clinic's code or alias that must be known.
        case site
        /// A region's code that must be known.
        case region
        /// A trial's code that must be known.
        case trial
        /// A code of the programme's own making: letters, digits, dot, dash, underscore, at most 20.
        case code
        /// A person: the clinic's own number for a client, or a pseudonym. Never shown, never in a log.
        case client
        case month
        /// A day; one that has not come yet is a slip unless the column may plan.
        case day(mayPlan: Bool)
        /// A date with a time and, if it has one, an offset; without one the time is the programme's.
        case time
        /// A whole number within bounds.
        case count(ClosedRange<Int>)
        /// A number with at most so many decimals; bounds are whole and included.
        case amount(decimals: Int, ClosedRange<Int>)
        case text(longest: Int)
        /// One of some words; each may be written as the language catalogues say under `choice.<word>`.
        case choice([String])
        /// Some of some words, in whatever order, with semicolons between.
        case choices([String])

        /// A count of anything: above ten million a number is a date, an identity number or a slip.
        static let count = count(0...10_000_000)
        static let day = day(mayPlan: false)
        static let yesNo = choice(["yes", "no"])
    }

    public enum Unit: String, Sendable, CaseIterable {
        case milligrams, days
        case clientDays = "client_days"
        case clients, tests, months, minutes, people
    }

    public let name: String
    public let form: Form
    /// Whether the column must stand in the file and hold a value in each row.
    public let isRequired: Bool
    public let unit: Unit?
    /// What a blank means; nil for "not reported".
    public let blank: String?
    /// Kept out of the quarantine and of receipts, such as the arm of a trial.
    public let isMasked: Bool

    init(
        _ name: String, _ form: Form, required: Bool = false, unit: Unit? = nil, blank: String? = nil,
        masked: Bool = false
    ) {
        self.name = name
        self.form = form
        self.isRequired = required
        self.unit = unit
        self.blank = blank
        self.isMasked = masked
    }

    /// The column's type in the staging table.
    var sqlType: String {
        switch form {
        case .site, .region, .client, .count: "int"
        case .code, .trial, .text, .choice, .choices: "text"
        case .month, .day: "date"
        case .time: "timestamptz"
        case .amount(let decimals, _): "numeric(14, \(decimals))"
        }
    }

    /// The column's name in the staging table: what a code stands for is resolved to its number on the way.
    var stagingName: String {
        switch form {
        case .site: "site_id"
        case .region: "region_id"
        default: name
        }
    }

    /// Whether its text is an identifier, to the last digit and with the zeros in front.
    var isIdentifier: Bool {
        switch form {
        case .site, .region, .trial, .code, .client: true
        default: false
        }
    }
}
