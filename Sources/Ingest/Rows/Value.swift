/// A cell's meaning. `blank` is "not reported", never zero.
enum Value: Sendable, Hashable {
    case blank
    case count(Int)
    /// A number with its decimals, as text that PostgreSQL reads exactly.
    case amount(String)
    case month(Month)
    /// An ISO date or time.
    case moment(String)
    case text(String)
    /// A known clinic's number in the database.
    case site(Int)

    /// As it is compared: codes that differ in case alone mean one thing.
    var folded: Value {
        if case .text(let text) = self { .text(text.uppercased()) } else { self }
    }

    /// The number of a count; nil for anything else.
    var number: Int? {
        if case .count(let number) = self { number } else { nil }
    }
}
