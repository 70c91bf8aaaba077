import Postgres

/// What is done with a sender's files: table source.
public struct Policy: Sendable, Equatable {
    public enum Takes: String, Sendable {
        case goodRows = "good_rows"
        case wholeFile = "whole_file"
    }

    public static let defaultSource = "default"

    var takes = Takes.goodRows
    /// Whether a file whose columns have changed is refused.
    var refusesChangedHeader = false

    /// A source without a row of its own is treated as the default one.
    static func load(_ source: String, _ connection: borrowing Connection) throws -> Policy {
        try connection.query(
            "select takes, on_changed_header from source where source in ($1, $2) order by source <> $1 limit 1",
            [source, defaultSource]
        ).first { row in
            Policy(
                takes: Takes(rawValue: try row.string("takes")) ?? .goodRows,
                refusesChangedHeader: try row.string("on_changed_header") == "refuse")
        } ?? Policy()
    }
}

/// How a header differs from that of the last file of the same source and kind.
struct HeaderChange {
    let new: [String]
    let gone: [String]
    /// "old → new": one took the other's place, or is a slip away from it.
    let renamed: [String]

    /// Renamings are looked for up to so many new and so many lost columns: each is compared with each.
    private static let mostCompared = 100

    init(from old: [String], to current: [String]) {
        let (known, present) = (Set(old), Set(current))
        var new = current.filter { !$0.isEmpty && !known.contains($0) }
        var gone = old.filter { !$0.isEmpty && !present.contains($0) }
        var renamed: [String] = []
        for name in gone where max(gone.count, new.count) <= Self.mostCompared {
            let place = old.firstIndex(of: name)
            let successor =
                Spelling.nearest(name, among: new)
                ?? new.first { new in old.count == current.count && current.firstIndex(of: new) == place }
            guard let successor else { continue }
            renamed.append("\(name) → \(successor)")
            gone.removeAll { $0 == name }
            new.removeAll { $0 == successor }
        }
        (self.new, self.gone, self.renamed) = (new, gone, renamed)
    }

    var notices: [Notice] {
        [("columns_new", new), ("columns_gone", gone), ("columns_renamed", renamed)].filter { !$0.1.isEmpty }
            .map { Notice($0, ["columns": $1.joined(separator: ", ")]) }
    }

    var refusal: FileRefusal {
        FileRefusal(
            "columns_changed",
            ["new": Self.list(new + renamed), "gone": Self.list(gone)])
    }

    private static func list(_ names: [String]) -> String { names.isEmpty ? "–" : names.joined(separator: ", ") }
}
