public import Words

/// A file's first row, matched with a kind's columns.
struct Header: Sendable {
    let kind: ReportKind
    /// For each declared column its place in the file; nil where the file has none.
    let places: [Int?]
    let cellCount: Int
    /// Names in the file that are no column of the kind: read by nobody, named on the receipt.
    let unknown: [String]
    /// Optional columns that the file lacks: not reported, throughout.
    let missing: [String]

    /// Finds the kind whose required columns all stand in the row; with several, the one that knows most of them.
    init(_ record: Record, names: ColumnNames) throws {
        let written = record.cells.indices.map { record.text($0) }
        let found = ReportKind.all.compactMap { kind -> (kind: ReportKind, places: [Int?])? in
            let places = names.places(of: kind, in: written)
            let complete = zip(kind.columns, places).allSatisfy { !$0.isRequired || $1 != nil }
            return complete ? (kind, places) : nil
        }
        guard let best = found.max(by: { $0.places.count { $0 != nil } < $1.places.count { $0 != nil } }) else {
            throw FileRefusal("kind_unknown", ["line": "\(record.line)", "columns": "\(written.count)"])
        }
        if let twice = names.repeated(in: written, of: best.kind) {
            throw FileRefusal("column_twice", ["column": twice])
        }
        kind = best.kind
        places = best.places
        cellCount = written.count
        let read = Set(best.places.compactMap(\.self))
        unknown = written.indices.filter { !read.contains($0) }.map { written[$0] }.filter { !$0.isEmpty }
        missing = zip(kind.columns, places).filter { $1 == nil }.map(\.0.name)
    }
}

/// Every name that a column may go by: its declared one and those of the language catalogues.
public struct ColumnNames: Sendable {
    private let canonical: [String: [String: String]]

    /// Reads the labels under `column.<kind>.<column>` and the further names under `… .aliases`, split by "|".
    public init(_ catalogues: Catalogues) {
        var canonical: [String: [String: String]] = [:]
        for kind in ReportKind.all {
            for column in kind.columns {
                let key = "column.\(kind.name).\(column.name)"
                let labels = Language.allCases.flatMap { language -> [String] in
                    let texts = catalogues[language].texts
                    return [texts[key]].compactMap(\.self)
                        + (texts["\(key).aliases"] ?? "").split(separator: "|").map(String.init)
                }
                for name in [column.name] + labels {
                    canonical[kind.name, default: [:]][Self.folded(name)] = column.name
                }
            }
        }
        self.canonical = canonical
    }

    func places(of kind: ReportKind, in written: [String]) -> [Int?] {
        let meant = meanings(of: written, in: kind)
        return kind.columns.map { column in meant.firstIndex(of: column.name) }
    }

    /// The first column that the row names twice.
    func repeated(in written: [String], of kind: ReportKind) -> String? {
        let meant = meanings(of: written, in: kind).compactMap(\.self)
        return meant.first { name in meant.count { $0 == name } > 1 }
    }

    private func meanings(of written: [String], in kind: ReportKind) -> [String?] {
        written.map { canonical[kind.name]?[Self.folded($0)] }
    }

    /// Case, full-width forms and the space between words do not make another name.
    private static func folded(_ name: String) -> String {
        CellText.narrowed(name).lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
    }
}
