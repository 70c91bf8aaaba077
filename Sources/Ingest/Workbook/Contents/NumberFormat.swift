/// How a number is shown, as far as it changes what the number means.
enum NumberFormat: Sendable, Equatable {
    case plain
    /// "@": what is typed stays text. A number in such a cell was typed before the format was set.
    case text
    /// 0.12 is shown as 12 %.
    case percent
    /// "0000": 7 is shown as 0007. Its argument is the number of digits.
    case zeros(Int)
    /// A day, with or without a time.
    case date
    /// A time of day.
    case time
    /// Hours that do not begin again after 24.
    case elapsed

    /// Formats without a code in the file (ECMA-376-1, 18.8.30, with the Chinese meanings of 27–36 and 50–58).
    init(builtIn number: Int) {
        self =
            switch number {
            case 9, 10: .percent
            case 18...21, 32...35, 45, 47, 55, 56: .time
            case 46: .elapsed
            case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
            case 49: .text
            default: .plain
            }
    }

    /// Reads a format code such as `[$-804]yyyy"年"m"月"d"日";@` (18.8.31).
    init(code: String) {
        let letters = FormatLetters(code)
        self = letters.isElapsed ? .elapsed : Self.meaning(of: letters)
    }

    /// Excel's longest format. Zeros are written out in every cell of the style, so a megabyte of them would be too.
    private static let mostZeros = 255

    private static func meaning(of letters: FormatLetters) -> NumberFormat {
        let shown = letters.shown
        if shown.contains("general") { return .plain }
        if shown == "@" { return .text }
        // An era's year "e" is not the exponent of 0.00E+00.
        if shown.contains(/[yd]|e(?![+\-])/) { return .date }
        if shown.contains(/[hs]/) { return .time }
        // Minutes stand beside hours or seconds: alone it is a month.
        if shown.contains("m") { return .date }
        if shown.contains("%") { return .percent }
        let digits = letters.section.count
        let isZeros = (2...mostZeros).contains(digits) && letters.section.allSatisfy { $0 == "0" }
        return isZeros ? .zeros(digits) : .plain
    }

    var isMoment: Bool { self == .date || self == .time || self == .elapsed }
}

/// The first section of a format code, which is for positive numbers, without what is only written out.
private struct FormatLetters {
    /// The section as it is written.
    private(set) var section = ""
    /// Without quotes, escapes and brackets, in lower case.
    private(set) var shown = ""
    /// Whether hours, minutes or seconds stand in brackets.
    private(set) var isElapsed = false

    init(_ code: String) {
        var rest = Substring(code)
        while let character = rest.popFirst(), character != ";" {
            section.append(character)
            switch character {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inside.count + 1)
                isElapsed = isElapsed || ["h", "m", "s"].contains(Set(inside.lowercased()))
            default: shown += character.lowercased()
            }
        }
    }
}
