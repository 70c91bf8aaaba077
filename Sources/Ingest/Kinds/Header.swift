/// A table's first row, matched with a kind's columns.
struct Header: Sendable, Equatable {
    let kind: ReportKind
    /// The names as written.
    let written: [String]
    /// The names as receipts and the quarantine say them.
    private(set) var names: [String]
    /// For each declared column its place in the file; nil where the file has none.
    let places: [Int?]
    /// Optional columns that the file lacks: not reported, throughout.
    let missing: [String]

    /// In bytes: a cell of a page of text is no column's name, and is not looked at as one.
    private static let longestName = 400

    var width: Int { written.count }
    /// How many declared columns the row names.
    var known: Int { places.count { $0 != nil } }

    /// Finds the kind whose required columns all stand in the row; with several, the one that leaves fewest of the
    /// file's columns unread, and of those the one that lacks fewest.
    init(_ record: Record, _ vocabulary: Vocabulary) throws {
        let written = record.texts.map { $0.trimmed }
        // Once for all kinds: a sheet may have 16,384 columns, and ten rows that could be its header.
        let folded = written.map { $0.utf8.count > Self.longestName ? "" : Vocabulary.folded($0) }
        let found = ReportKind.all.compactMap { kind -> (kind: ReportKind, meanings: [String?])? in
            let meanings = vocabulary.meanings(of: folded, in: kind)
            let isComplete = kind.columns.allSatisfy { !$0.isRequired || meanings.contains($0.name) }
            return isComplete ? (kind, meanings) : nil
        }
        let best = found.min { a, b in
            let unread = (a.meanings.count { $0 == nil }, b.meanings.count { $0 == nil })
            return unread.0 == unread.1 ? a.kind.columns.count < b.kind.columns.count : unread.0 < unread.1
        }
        guard let best else {
            throw Self.refusal(record.line, folded, vocabulary)
        }
        let meant = best.meanings.compactMap(\.self)
        if let twice = meant.first(where: { name in meant.count { $0 == name } > 1 }) {
            throw FileRefusal("column_twice", ["column": twice, "kind": best.kind.name])
        }
        kind = best.kind
        self.written = written
        names = written
        places = best.kind.columns.map { column in best.meanings.firstIndex(of: column.name) }
        missing = zip(best.kind.columns, places).filter { $1 == nil }.map(\.0.name)
    }

    /// Names in the file that are no column of the kind: read by nobody, named on the receipt.
    var unknown: [String] { strangers.map { names[$0] } }

    private var strangers: [Int] {
        let known = Set(places.compactMap(\.self))
        return written.indices.filter { !known.contains($0) && !written[$0].isEmpty }
    }

    /// Columns that are not ours go by their places from now on: a name may be a client's.
    mutating func keepNamesBack() {
        for place in strangers { names[place] = "#\(place + 1)" }
    }

    /// Names the kind that it nearly is and what that lacks.
    private static func refusal(_ line: Int, _ folded: [String], _ vocabulary: Vocabulary) -> FileRefusal {
        let near = ReportKind.all.map { kind in
            let known = Set(vocabulary.meanings(of: folded, in: kind).compactMap(\.self))
            return (kind, known.count, kind.columns.filter { $0.isRequired && !known.contains($0.name) }.map(\.name))
        }.max { a, b in a.1 < b.1 }
        guard let near, near.1 >= 2 else {
            return FileRefusal("kind_unknown", ["line": "\(line)", "columns": "\(folded.count)"])
        }
        return FileRefusal(
            "column_missing", ["line": "\(line)", "kind": near.0.name, "missing": near.2.joined(separator: ", ")])
    }

    /// The places of columns that hold days or months.
    var days: Set<Int> {
        Set(
            zip(kind.columns, places).filter { column, _ in
                switch column.form {
                case .day, .month, .time: true
                default: false
                }
            }.compactMap(\.1))
    }

    /// The places of columns whose zeros and digits all count.
    var identifiers: Set<Int> {
        Set(zip(kind.columns, places).filter { $0.0.isIdentifier }.compactMap(\.1))
    }
}
