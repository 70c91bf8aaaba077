/// Which day a workbook's serial numbers count from.
enum DateSystem: Sendable {
    /// 1 is 1 January 1900, and 60 is 29 February 1900, which never was: Lotus 1-2-3 had it, and Excel kept it.
    case from1900
    /// 0 is 1 January 1904, as on the first Macintosh.
    case from1904

    private static let dayMilliseconds = 86_400_000
    /// 31 December 9999 counted from 1900, the last day of Excel.
    private static let lastSerial = 2_958_465.0

    /// The day or time that a number is shown as; nil where it is none, such as day 0.
    func value(_ serial: Double, as format: NumberFormat) -> SheetCell.Value? {
        guard serial >= 0, serial < Self.lastSerial + 1 else { return nil }
        let milliseconds = Int((serial * Double(Self.dayMilliseconds)).rounded())
        if format == .elapsed { return .time(Self.clock(milliseconds)) }
        let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: Self.dayMilliseconds)
        if day == 0, format == .time { return .time(Self.clock(rest)) }
        guard let date = date(day) else { return nil }
        return .date(rest == 0 ? date : "\(date)T\(Self.clock(rest))")
    }

    private func date(_ day: Int) -> String? {
        switch self {
        case .from1904: Day(number: day - 24_107).description
        case .from1900 where day > 60: Day(number: day - 25_569).description
        case .from1900 where (1..<60).contains(day): Day(number: day - 25_568).description
        case .from1900: nil
        }
    }

    /// "08:30:00", with milliseconds where there are any.
    private static func clock(_ milliseconds: Int) -> String {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { "\($0)".padded(2) }
        return parts.joined(separator: ":") + (rest == 0 ? "" : ".\("\(rest)".padded(3))")
    }
}
