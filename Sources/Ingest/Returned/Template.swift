public import Foundation
public import Words

/// An empty report to fill in, made from the declaration of its kind: as a workbook with a guide on its second sheet.
public struct Template: Sendable {
    private let kind: ReportKind
    private let words: Words

    public init(_ kind: ReportKind, _ words: Words) {
        self.kind = kind
        self.words = words
    }

    /// The header, in the reader's language.
    public var header: [String] { kind.columns.map(label) }

    public func writeWorkbook(to url: URL) throws {
        let book = try WorkbookWriter(url)
        try book.addSheet(
            SheetName.of(words("kind.\(kind.name)")),
            header.map { WorkbookWriter.Column($0, width: Double(max(12, $0.utf16.count * 2))) })
        try book.addSheet(
            SheetName.of(words("guide.title")),
            zip(Self.guide, [24, 18, 12, 30, 12, 40, 60] as [Double]).map {
                WorkbookWriter.Column(words("guide.\($0)"), width: $1)
            })
        for row in guide { try book.write(row.map { WrittenCell(.text($0)) }) }
        try book.close()
    }

    public static let guide = ["column", "required", "unit", "form", "range", "choices", "about"]

    /// One row a column, in the order of `Template.guide`.
    public var guide: [[String]] {
        kind.columns.map { column in
            [
                label(column), words(column.isRequired ? "choice.yes" : "choice.no"),
                column.unit.map { words("unit.\($0.rawValue)") } ?? "", words("form.\(column.form.name)"),
                column.form.range, column.form.choices.map { words("choice.\($0)") }.joined(separator: ", "),
                words("column.\(kind.name).\(column.name).about"),
            ]
        }
    }

    private func label(_ column: Column) -> String { words("column.\(kind.name).\(column.name)") }
}

extension Column.Form {
    /// Key of its words, under `form.`.
    public var name: String {
        switch self {
        case .site: "site"
        case .region: "region"
        case .trial: "trial"
        case .code: "code"
        case .client: "client"
        case .month: "month"
        case .day: "day"
        case .time: "time"
        case .count: "count"
        case .amount: "amount"
        case .text: "text"
        case .choice: "choice"
        case .choices: "choices"
        }
    }

    public var range: String {
        switch self {
        case .count(let range): "\(range.lowerBound)–\(range.upperBound)"
        case .amount(_, let range): "\(range.lowerBound)–\(range.upperBound)"
        default: ""
        }
    }

    public var choices: [String] {
        switch self {
        case .choice(let words), .choices(let words): words
        default: []
        }
    }
}
