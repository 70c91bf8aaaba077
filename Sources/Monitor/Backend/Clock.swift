import Foundation
import Ingest

/// Today, in the programme's time zone.
enum Clock {
    static func month(in zone: TimeZone, at date: Date = Date()) -> Month {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month], from: date)
        return .first + ((parts.year ?? 1) * 12 + (parts.month ?? 1) - 13)
    }

    /// "2026-11-22", which every answer depends on: a month falls due overnight.
    static func day(in zone: TimeZone, at date: Date = Date()) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return "\(parts.year ?? 0)-\(parts.month ?? 0)-\(parts.day ?? 0)"
    }
}
