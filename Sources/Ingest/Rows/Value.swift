/// A cell's meaning. `blank` is "not reported", never zero.
enum Value: Sendable, Hashable {
    case blank
    case count(Int)
    /// A number in units of its column's last decimal, with that many decimals: 12.5 is 125 and 1.
    case amount(Int, decimals: Int)
    case month(Month)
    case day(Day)
    /// An ISO time.
    case moment(String)
    case text(String)
    /// A known clinic's or region's number in the database.
    case site(Int)
    case region(Int)
    /// A person's place in this load's `ClientRegister`.
    case client(Int)

    /// As it is compared: codes that differ in case alone mean one thing.
    var folded: Value {
        if case .text(let text) = self { .text(text.uppercased()) } else { self }
    }

    /// The number of a count; nil for anything else.
    var number: Int? {
        if case .count(let number) = self { number } else { nil }
    }

    /// The first day that it speaks of; nil for what is no time.
    var firstDay: Day? {
        switch self {
        case .day(let day): day
        case .month(let month): month.first
        default: nil
        }
    }

    /// As people and PostgreSQL read it; nil for a blank.
    var text: String? {
        switch self {
        case .blank: nil
        case .count(let number), .site(let number), .region(let number), .client(let number): "\(number)"
        case .month(let month): month.firstDay
        case .day(let day): day.description
        case .moment(let text), .text(let text): text
        case .amount(let units, let decimals): Self.decimal(units, decimals)
        }
    }

    private static func decimal(_ units: Int, _ decimals: Int) -> String {
        let digits = "\(units.magnitude)".padded(decimals + 1)
        let sign = units < 0 ? "-" : ""
        return decimals == 0 ? sign + digits : "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
    }
}
