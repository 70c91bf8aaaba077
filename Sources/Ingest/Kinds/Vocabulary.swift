public import Words

/// Every word that a file may use: the names of columns and the words of choices, as declared and as the language
/// catalogues have them.
public struct Vocabulary: Sendable {
    /// By kind: folded name → declared name.
    private let columns: [String: [String: String]]
    /// Folded word → declared words; a sign such as + may mean one thing in each choice.
    private let words: [String: [String]]
    /// Folded names of sheets in templates.
    private let sheets: Set<String>

    /// Reads the labels under `column.<kind>.<column>` and `choice.<word>`, and the further names under `… .aliases`,
    /// split by "|".
    public init(_ catalogues: Catalogues) {
        var columns: [String: [String: String]] = [:]
        var words: [String: [String]] = [:]
        for kind in ReportKind.all {
            for column in kind.columns {
                for name in Self.names("column.\(kind.name).\(column.name)", catalogues) + [column.name] {
                    columns[kind.name, default: [:]][Self.folded(name)] = column.name
                }
                for choice in column.form.choices {
                    for name in Self.names("choice.\(choice)", catalogues) + [choice] {
                        let folded = Self.folded(name)
                        if words[folded]?.contains(choice) != true { words[folded, default: []].append(choice) }
                    }
                }
            }
        }
        self.columns = columns
        self.words = words
        let titles = ReportKind.all.map { "kind.\($0.name)" } + ["guide.title"]
        sheets = Set(titles.flatMap { Self.names($0, catalogues) }.map { Self.folded(SheetName.of($0)) })
    }

    private static func names(_ key: String, _ catalogues: Catalogues) -> [String] {
        Language.allCases.flatMap { language in
            let texts = catalogues[language].texts
            return [texts[key]].compactMap(\.self)
                + (texts["\(key).aliases"] ?? "").split(separator: "|").map(String.init)
        }
    }

    /// The declared word that a cell means; nil where it means none of those known.
    func word(_ text: String, among known: [String]) -> String? {
        words[Self.folded(text)]?.first(where: known.contains)
    }

    /// Whether a sheet bears the name that a template of ours gives it.
    func isOurs(sheet name: String) -> Bool { sheets.contains(Self.folded(name)) }

    /// The declared names of a header's folded cells; nil for what is no column of the kind.
    func meanings(of folded: [String], in kind: ReportKind) -> [String?] {
        let names = columns[kind.name] ?? [:]
        return folded.map { names[$0] }
    }

    /// The name that is a slip or two away from an unknown one.
    func nearest(_ written: String, in kind: ReportKind) -> String? {
        Spelling.nearest(Self.folded(written), among: (columns[kind.name] ?? [:]).keys.sorted())
            .flatMap { columns[kind.name]?[$0.lowercased()] }
    }

    /// Case, full-width forms and what stands between words do not make another name.
    static func folded(_ name: String) -> String {
        let folded = CellText.narrowed(name).lowercased().filter { !$0.isWhitespace && $0 != "_" }
        return folded.count == 1 ? folded : folded.filter { $0 != "-" }
    }
}
