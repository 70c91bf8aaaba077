import Foundation
import Ingest
import Words

/// A receipt for a terminal, or as JSON for a script.
struct ReceiptText {
    let receipt: Receipt
    let words: Words

    func text(_ format: OutputFormat) throws -> String {
        format == .table ? lines.joined(separator: "\n") + "\n" : try json
    }

    private var lines: [String] {
        let counts = receipt.counts
        let values = [
            "number": receipt.id.map(String.init) ?? words("receipt.dry_run"), "file": receipt.fileName,
            "received": words.grouped(counts.received), "inserted": words.grouped(counts.inserted),
            "changed": words.grouped(counts.changed), "unchanged": words.grouped(counts.unchanged),
            "rejected": words.grouped(counts.rejected), "flagged": words.counted("receipt.flagged", counts.flagged),
            "repeats": receipt.repeats.map(String.init) ?? "",
        ]
        var lines = [
            words("receipt.title", values), "  " + words("receipt.sentence.\(receipt.outcome.rawValue)", values),
        ]
        if let refusal = receipt.refusal {
            lines.append("  " + words.refusal(refusal.code, refusal.details))
        } else {
            lines.append("  " + words.counted("receipt.counts", counts.received, values))
        }
        if let sheet = receipt.sheet { lines.append(fact("sheet", sheet)) }
        if let encoding = receipt.encoding {
            let evidence = words("encoding.\(encoding.reason)", encoding.values)
            lines.append(fact("encoding", words.said(encoding.encoding.rawValue, evidence)))
        }
        if !receipt.unknownColumns.isEmpty { lines.append(fact("columns_unknown", words.list(receipt.unknownColumns))) }
        if !receipt.missingColumns.isEmpty { lines.append(fact("columns_missing", missingColumns)) }
        for notice in receipt.notices { lines.append("  " + words.notice(notice.code, notice.details)) }
        lines += faultLines(receipt.defects)
        if !receipt.questions.isEmpty {
            lines.append("  " + words("receipt.questions"))
            lines += faultLines(receipt.questions)
        }
        return lines + more
    }

    private func fact(_ key: String, _ text: String) -> String { "  " + words.said(words("receipt.\(key)"), text) }

    /// The first of them, by the names that the reader knows: a short form lacks most of the columns on purpose.
    private var missingColumns: String {
        words.shortened(receipt.missingColumns.compactMap { words.column($0, of: receipt.kind) })
    }

    /// What is to be done is said once, below the first fault that it is the same for.
    private func faultLines(_ faults: [Defect]) -> [String] {
        var said: Set<String> = []
        return faults.flatMap { fault in
            let (sentence, remedy) = lines(fault)
            return said.insert(remedy).inserted ? [sentence, remedy] : [sentence]
        }
    }

    private func lines(_ defect: Defect) -> (sentence: String, remedy: String) {
        let column = words.column(defect.column, of: receipt.kind)
        let values = [
            "column": column ?? "", "value": defect.value ?? "", "expected": defect.expected ?? "",
            "line": "\(defect.line)",
        ]
        let place = words.place([words("receipt.line", values), column])
        return (
            "    \(words.said(place, words("defect.\(defect.code.rawValue)", values))) [\(defect.code.rawValue)]",
            "      → \(words("defect.\(defect.code.rawValue).remedy", values))"
        )
    }

    private var more: [String] {
        guard let number = receipt.id, receipt.counts.rejected > 0 else { return [] }
        return ["  " + words("receipt.more", ["number": "\(number)"])]
    }

    private struct Form: Encodable {
        struct Fault: Encodable {
            let line: Int
            let column, value, expected: String?
            let code, sentence, remedy: String
        }
        /// Something said of the file: by its code and what the sentence is filled in with, and the sentence.
        struct Said: Encodable {
            let code: String
            let values: [String: String]
            let sentence: String
        }
        let receipt: Int?
        let file, source, outcome: String
        let sha256, kind, format, sheet, encoding: String?
        let received, inserted, changed, unchanged, rejected, flagged: Int
        let unknownColumns, missingColumns: [String]
        let encodingReason: Said?
        let notices: [Said]
        let refusal: Said?
        let defects, questions: [Fault]
    }

    private var json: String {
        get throws {
            let counts = receipt.counts
            let form = Form(
                receipt: receipt.id, file: receipt.fileName, source: receipt.source,
                outcome: receipt.outcome.rawValue, sha256: receipt.sha256, kind: receipt.kind, format: receipt.format,
                sheet: receipt.sheet,
                encoding: receipt.encoding?.encoding.rawValue, received: counts.received,
                inserted: counts.inserted, changed: counts.changed, unchanged: counts.unchanged,
                rejected: counts.rejected, flagged: counts.flagged, unknownColumns: receipt.unknownColumns,
                missingColumns: receipt.missingColumns,
                encodingReason: receipt.encoding.map {
                    Form.Said(
                        code: $0.reason, values: $0.values, sentence: words("encoding.\($0.reason)", $0.values))
                },
                notices: receipt.notices.map {
                    Form.Said(code: $0.code, values: $0.details, sentence: words.notice($0.code, $0.details))
                },
                refusal: receipt.refusal.map {
                    Form.Said(code: $0.code, values: $0.details, sentence: words.refusal($0.code, $0.details))
                },
                defects: receipt.defects.map(fault), questions: receipt.questions.map(fault))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            return String(decoding: try encoder.encode(form), as: UTF8.self)
        }
    }

    private func fault(_ defect: Defect) -> Form.Fault {
        let values = [
            "column": words.column(defect.column, of: receipt.kind) ?? "", "value": defect.value ?? "",
            "expected": defect.expected ?? "",
        ]
        return Form.Fault(
            line: defect.line, column: defect.column, value: defect.value, expected: defect.expected,
            code: defect.code.rawValue, sentence: words("defect.\(defect.code.rawValue)", values),
            remedy: words("defect.\(defect.code.rawValue).remedy", values))
    }
}

extension EncodingDecision {
    /// What the sentence of its reason is filled in with; nothing where the whole file decided.
    fileprivate var values: [String: String] { bytes.isEmpty ? [:] : ["bytes": bytes, "offset": "\(offset)"] }
}
