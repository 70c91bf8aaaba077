@testable import Ingest

/// A row that breaks no rule, to be spoiled cell by cell.
enum GoodRow {
    static func with(_ changes: [ArraySlice<UInt8>], in kind: ReportKind) -> [String] {
        var cells = kind.columns.map(cell)
        for change in changes {
            guard let place = change.first else { continue }
            cells[Int(place) % cells.count] = String(decoding: change.dropFirst(), as: UTF8.self)
        }
        return cells
    }

    private static func cell(_ column: Column) -> String {
        switch column.form {
        case .site: "QS-002"
        case .region: "QS"
        case .trial: "BEHAVIOUR"
        case .code: "QS-009"
        case .client: "7"
        case .month: "2026-01"
        case .day: "2026-01-31"
        case .time: "2026-02-01T08:00:00+08:00"
        case .count(let range): "\(range.lowerBound)"
        case .amount: "1"
        case .text: "a"
        case .choice(let known), .choices(let known): known[0]
        }
    }
}
