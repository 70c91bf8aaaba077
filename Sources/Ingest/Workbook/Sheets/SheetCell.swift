/// A cell of a sheet that holds something.
struct SheetCell: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case text(String)
        /// As the file stores it, to the last digit: "1.1000000000000001".
        case number(String)
        /// "2024-03-01" or "2024-03-01T08:30:00".
        case date(String)
        /// "08:30:00"; elapsed hours may be more than 24.
        case time(String)
        case bool(Bool)
        /// "#N/A", "#DIV/0!", …
        case error(String)
        /// A formula whose result is not in the file: a program wrote it and no Excel has computed it.
        case notComputed
    }

    /// From 0.
    let column: Int
    let value: Value
    /// How a number is shown.
    let format: NumberFormat
    /// The value is the result of a formula.
    let isFormula: Bool

    /// What a person would have typed; "" where no result is known.
    var text: String {
        switch value {
        case .text(let text), .date(let text), .time(let text), .error(let text): text
        case .number(let stored): DecimalText.plain(stored) ?? stored
        case .bool(let isTrue): isTrue ? "TRUE" : "FALSE"
        case .notComputed: ""
        }
    }

    /// Whether nothing but spaces stands in it.
    var isBlank: Bool { if case .text(let text) = value { text.utf8.allSatisfy { $0 == 0x20 } } else { false } }

    /// The text as an identifier: 7 with the format 0000 is 0007. Only for columns of codes, for the zeros are on the
    /// screen and not in the cell.
    var code: String {
        guard case .number = value, case .zeros(let width) = format else { return text }
        return text.padded(width)
    }

    /// Whether digits may be missing: Excel turns the 16th and later ones of a typed identity number into zeros.
    var mayHaveLostDigits: Bool {
        guard case .number = value else { return false }
        return text.prefix { $0 != "." }.drop { $0 == "-" }.count > DecimalText.typedDigits
    }
}
