import Ingest
import Postgres
import Words

/// A number traced back: what it means, the statement that counts for it, the counts, and the files that they came from.
struct Explanation: Sendable, Encodable {
    struct Count: Sendable, Encodable {
        let site, numerator, denominator: String
    }
    struct File: Sendable, Encodable {
        let site, month, file, sha256: String
        let receipt: Int
        let line: Int?
    }
    struct Statement: Sendable, Encodable {
        let file, text: String
    }

    let place, month, title, sentence: String
    let definition: DefinitionCards.Card?
    let statements: [Statement]
    /// Of an indicator, clinic by clinic; of client records there are none but the panel's own.
    let counts: [Count]
    let files: [File]
}

extension PanelName {
    /// The statements of `sql/counts` that a panel of client records is counted by.
    fileprivate var statements: [String] {
        switch self {
        case .retention: ["stays", "admitted"]
        case .exitIncidence: ["stays"]
        case .occupancy: ["entry_cohorts"]
        case .dropouts: ["treatment_months", "dropouts_by_time"]
        case .rules: ["stays", "treatment_months"]
        case .tests: ["test_years"]
        case .behaviour: ["behaviours"]
        case .service: ["treatment_months", "providers", "scores"]
        case .flow, .exits: ["flows"]
        case .received: ["report_states"]
        case .trends: ["site_series"]
        case .versions: ["versions"]
        case .flags: ["flags"]
        }
    }
}

extension Dashboard {
    /// A figure's origin; nil where there is no such figure, or it is not the reader's.
    func explanation(
        indicator: String, _ place: Scope.Place, month: Month?, _ words: Words
    ) async throws -> Explanation? {
        guard let document = try await series(indicator, place, month: month, words) else { return nil }
        let (counts, disclosure) = (counts, disclosure)
        return try await reader.read { connection in
            guard let scope = try counts.scope(place, connection), let shown = document.month ?? month else {
                return nil
            }
            let parameters = scope.parameters + [indicator, shown.firstDay]
            return Explanation(
                place: scope.title(words), month: "\(shown)", title: document.panel.title,
                sentence: document.panel.sentence, definition: try counts.card(indicator, words, connection),
                statements: try counts.statements(["series"]),
                counts: try counts.explainedCounts(parameters, disclosure, words, connection),
                files: try counts.explainedFiles(parameters, connection))
        }
    }

    /// Of a panel beside the indicators.
    func explanation(
        panel name: PanelName, _ place: Scope.Place, month: Month?, rule: String?, _ words: Words
    ) async throws -> Explanation? {
        guard let document = try await panel(name, place, month: month, rule: rule, words) else { return nil }
        let counts = counts
        return try await reader.read { connection in
            guard let scope = try counts.scope(place, connection) else { return nil }
            return Explanation(
                place: scope.title(words), month: document.month.map { "\($0)" } ?? "", title: document.panel.title,
                sentence: document.panel.sentence, definition: try counts.card(name.rawValue, words, connection),
                statements: try counts.statements(name.statements), counts: [],
                files: name.isOfFollowUp ? try counts.explainedRecords(scope, connection) : [])
        }
    }
}

extension Counts {
    fileprivate func card(
        _ id: String, _ words: Words, _ connection: borrowing Connection
    ) throws -> DefinitionCards.Card? {
        DefinitionCards(try definitions(connection), try definitionVersions(connection), words).cards
            .first { $0.id == id }
    }

    fileprivate func statements(_ names: [String]) throws -> [Explanation.Statement] {
        try names.map { .init(file: "sql/counts/\($0).sql", text: try sql.text("counts/\($0).sql")) }
    }

    fileprivate func explainedCounts(
        _ parameters: [String?], _ disclosure: Disclosure, _ words: Words, _ connection: borrowing Connection
    ) throws -> [Explanation.Count] {
        let numbers = NumberText(words: words)
        return try connection.query(sql.text("counts/explained_counts.sql"), parameters).map { row in
            let hidden = disclosure.hides(people: try row.double("people"))
            let text = { (count: Double?) in
                hidden ? words("state.suppressed") : count.map(numbers.amount) ?? ""
            }
            return Explanation.Count(
                site: try row.string("site"), numerator: text(try row.double("numerator")),
                denominator: text(try row.double("denominator")))
        }
    }

    fileprivate func explainedFiles(
        _ parameters: [String?], _ connection: borrowing Connection
    ) throws -> [Explanation.File] {
        try connection.query(sql.text("counts/explained_files.sql"), parameters).map { row in
            Explanation.File(
                site: try row.string("site"), month: "\(try row.month("month"))",
                file: try row.text("file_name") ?? "", sha256: try row.text("sha256") ?? "",
                receipt: try row.integer("receipt_id"), line: try row.int("line"))
        }
    }

    fileprivate func explainedRecords(
        _ scope: Scope, _ connection: borrowing Connection
    ) throws -> [Explanation.File] {
        try connection.query(sql.text("counts/explained_records.sql"), scope.parameters).map { row in
            Explanation.File(
                site: "\(try row.integer("sites"))", month: try row.text("kind") ?? "",
                file: try row.text("file_name") ?? "", sha256: try row.text("sha256") ?? "",
                receipt: try row.integer("receipt_id"), line: nil)
        }
    }
}
