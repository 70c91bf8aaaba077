import Foundation
import Ingest
import Postgres
import Words

/// What arrived and what was refused: the list of receipts, and one receipt whole.
struct ReceiptPages {
    let sql: SQLFolder
    let words: Words

    static let defectKeys = ["line", "column", "value", "code", "sentence", "remedy", "settledBy"]
    private static let questionKeys = ["line", "column", "value", "code", "sentence", "remedy"]

    struct List: Sendable, Encodable {
        let notices: [Page.Notice]
        let dataCut: Page.Cut
        let title, sentence: String
        let columns: [Panel.Column]
        let rows: [PanelRow]
        let links: Panel.Files
    }

    struct Single: Sendable, Encodable {
        struct Fact: Sendable, Encodable {
            let label, text: String
        }
        let receipt: Int
        let notices: [Page.Notice]
        let dataCut: Page.Cut
        let title, sentence: String
        let facts: [Fact]
        let panels: [Panel]
    }

    /// The receipts, newest first, of a site or of all.
    func list(_ scope: Scope, cut: DataCut, _ connection: borrowing Connection) throws -> List {
        let rows = try connection.query(sql.text("counts/receipts.sql"), [scope.siteID.map(String.init)]).map {
            row -> PanelRow in
            let number = try row.integer("receipt_id")
            let outcome = try row.string("outcome")
            return [
                "receipt": .whole(number), "url": .text("/data/receipts/\(number)"),
                "file": .text(try row.string("file_name")), "receivedText": .text(try row.string("received_at")),
                "outcome": .text(outcome), "outcomeText": .text(words("outcome.\(outcome)")),
                "received": .whole(try row.integer("rows_received")),
                "inserted": .whole(try row.integer("rows_inserted")),
                "changed": .whole(try row.integer("rows_changed")),
                "unchanged": .whole(try row.integer("rows_unchanged")),
                "rejected": .whole(try row.integer("rows_rejected")),
                "flagged": .whole(try row.integer("rows_flagged")),
            ]
        }
        let refused = rows.count { ["refused", "partly_loaded"].map(Datum.text).contains($0["outcome"]) }
        let keys = [
            "receipt", "file", "receivedText", "outcomeText", "received", "inserted", "changed", "unchanged",
            "rejected", "flagged",
        ]
        let query = scope.isSite ? "?site=\(scope.code)" : ""
        return List(
            notices: cut.notices(words), dataCut: cut.cut(words),
            title: words("receipts.title"),
            sentence: words.counted("receipts.sentence", rows.count, ["refused": "\(refused)"]),
            columns: keys.map { Panel.Column(key: $0, label: words("receipts.\($0)")) }, rows: rows,
            links: Panel.Files(csv: "/api/v1/receipts.csv\(query)", json: "/api/v1/receipts\(query)"))
    }

    /// One receipt; nil where it is not known, or not the reader's.
    func single(_ number: Int, cut: DataCut, _ connection: borrowing Connection) throws -> Single? {
        let defects = try faultRows("counts/defects.sql", number, connection)
        let questions = try faultRows("counts/questions.sql", number, connection)
        return try connection.query(sql.text("counts/receipt.sql"), ["\(number)"]).first { row in
            let outcome = try row.string("outcome")
            let values = [
                "number": "\(number)", "file": try row.string("file_name"),
                "received": words.grouped(try row.integer("rows_received")),
                "inserted": words.grouped(try row.integer("rows_inserted")),
                "changed": words.grouped(try row.integer("rows_changed")),
                "unchanged": words.grouped(try row.integer("rows_unchanged")),
                "rejected": words.grouped(try row.integer("rows_rejected")),
                "flagged": words.grouped(try row.integer("rows_flagged")),
                "repeats": try row.text("repeats") ?? "",
            ]
            return Single(
                receipt: number, notices: cut.notices(words), dataCut: cut.cut(words),
                title: words("receipt.title", values),
                sentence: words("receipt.sentence.\(outcome)", values)
                    + (try refusal(row)), facts: try facts(row, outcome),
                panels: (defects.isEmpty ? [] : [panel("defects", Self.defectKeys, defects)])
                    + (questions.isEmpty ? [] : [panel("questions", Self.questionKeys, questions)]))
        }
    }

    private func refusal(_ row: borrowing Row) throws -> String {
        guard let json = try row.text("refusal"),
            let details = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8)),
            let code = details["code"]
        else { return "" }
        return " " + words.refusal(code, details)
    }

    private func facts(_ row: borrowing Row, _ outcome: String) throws -> [Single.Fact] {
        var facts = [("outcome", words("outcome.\(outcome)")), ("received_at", try row.string("received_at"))]
        if let kind = try row.text("kind") { facts.append(("kind", words("kind.\(kind)"))) }
        if let sheet = try row.text("sheet") { facts.append(("sheet", sheet)) }
        facts.append(("source", words.list([try row.string("source"), try row.text("sender")].compactMap(\.self))))
        if let bytes = try row.int("byte_count") { facts.append(("bytes", words.grouped(bytes))) }
        if let sha256 = try row.text("sha256") { facts.append(("sha256", sha256)) }
        if let encoding = try row.text("encoding"), let reason = try row.text("evidence") {
            let evidence = [
                "bytes": try row.text("evidence_bytes") ?? "", "offset": try row.text("evidence_offset") ?? "",
            ]
            facts.append(("encoding", words.said(encoding, words("encoding.\(reason)", evidence))))
        }
        for count in ["received", "inserted", "changed", "unchanged", "rejected", "flagged"] {
            facts.append(("rows_\(count)", words.grouped(try row.integer("rows_\(count)"))))
        }
        if let unknown = try row.text("columns_unknown"), !unknown.isEmpty {
            facts.append(("columns_unknown", unknown))
        }
        let missing = try row.string("columns_missing").split(separator: ", ").map(String.init)
        if !missing.isEmpty {
            let kind = try row.text("kind")
            facts.append(("columns_missing", words.list(missing.compactMap { words.column($0, of: kind) })))
        }
        let notices = try JSONDecoder().decode([Ingest.Notice].self, from: Data(try row.string("notices").utf8))
        facts += notices.map { ("notices", words.notice($0.code, $0.details)) }
        if try row.string("takes") == Policy.Takes.wholeFile.rawValue {
            facts.append(("notices", words("receipt.takes.whole_file")))
        }
        return facts.map { Single.Fact(label: words("receipt.\($0.0)"), text: $0.1) }
    }

    private func faultRows(_ file: String, _ number: Int, _ connection: borrowing Connection) throws -> [PanelRow] {
        let settles = file == "counts/defects.sql"
        return try connection.query(sql.text(file), ["\(number)"]).map { row in
            let code = try row.string("code")
            let column = try row.text("column_name")
            let label = words.column(column, of: try row.text("kind"))
            let values = [
                "column": label ?? "", "value": try row.text("value") ?? "", "expected": try row.text("expected") ?? "",
            ]
            return [
                "line": .whole(try row.integer("line")), "column": Datum(column), "columnText": Datum(label),
                "value": Datum(try row.text("value")), "code": .text(code),
                "sentence": .text(words("defect.\(code)", values)),
                "remedy": .text(words("defect.\(code).remedy", values)),
                "settledBy": settles ? try row.int("superseded_by").map(Datum.whole) ?? .missing : .missing,
            ]
        }
    }

    private func panel(_ name: String, _ keys: [String], _ rows: [PanelRow]) -> Panel {
        Panel(
            id: name, kind: .table, title: words.counted("\(name).title", rows.count),
            subtitle: words("defects.subtitle"), sentence: words("\(name).sentence"),
            columns: keys.map {
                Panel.Column(
                    key: $0 == "column" ? "columnText" : $0,
                    label: words($0 == "sentence" ? "defects.sentence.label" : "defects.\($0)"))
            }, rows: rows)
    }
}

extension Words {
    /// "Encoding: UTF-8", with the punctuation of the language.
    func said(_ label: String, _ text: String) -> String { self("text.said", ["label": label, "text": text]) }

    func list(_ names: [String]) -> String { names.joined(separator: self("text.list")) }

    /// "line 3, closing"; what is nil is left out.
    func place(_ parts: [String?]) -> String { parts.compactMap(\.self).joined(separator: self("text.place")) }

    /// What a column is called in this language.
    func column(_ name: String?, of kind: String?) -> String? {
        name.map { name in kind.map { self("column.\($0).\(name)") } ?? name }
    }
}
