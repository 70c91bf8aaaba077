/// A column of a kind of report, as declared once: reader, checks, staging table and template follow from it.
public struct Column: Sendable, Equatable {
    public enum Form: Sendable, Equatable {
        /// A clinic's code or alias that must be known.
        case site
        /// A code of the programme's own making: letters, digits, dot, dash, underscore, at most 20.
        case code
        case month
        case date
        /// A date with a time and, if it has one, an offset; without one the time is the programme's.
        case time
        /// A whole number, zero or more.
        case count
        /// A number, zero or more, such as milligrams.
        case amount
        case text(longest: Int)
        case choice([String])
    }

    public let name: String
    public let form: Form
    /// Whether the column must stand in the file and hold a value in each row.
    public let isRequired: Bool

    init(_ name: String, _ form: Form, required: Bool = false) {
        self.name = name
        self.form = form
        self.isRequired = required
    }

    /// The column's type in the staging table.
    var sqlType: String {
        switch form {
        case .site, .count: "int"
        case .code, .text, .choice: "text"
        case .month, .date: "date"
        case .time: "timestamptz"
        case .amount: "numeric(14, 2)"
        }
    }

    /// The column's name in the staging table: a clinic is resolved to its number on the way.
    var stagingName: String { form == .site ? "site_id" : name }
}
