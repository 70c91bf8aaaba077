import Ingest
import Postgres
import Words

/// The one door from the ways in (inbox, HTTP) to the loader.
struct Delivery: Sendable {
    let loader: ReportLoader
    /// Who sends: a province, a system.
    var source = Policy.defaultSource
    /// The person or program within the source, where it is known.
    var sender: String?
    var dryRun = false
    /// Files that change the programme's registers are refused.
    var reportsOnly = false

    /// - Throws: only where the machinery fails; a bad file or row is in the receipts.
    func load(_ file: ReceivedFile, _ connection: borrowing Connection) throws -> Delivered {
        Delivered(
            dryRun: dryRun,
            receipts: try loader.load(
                file, .init(dryRun: dryRun, source: source, sender: sender, reportsOnly: reportsOnly), connection))
    }
}

/// What became of a file: its receipts, one for each sheet of a workbook.
struct Delivered: Sendable {
    let dryRun: Bool
    let receipts: [Receipt]

    /// As an exit status: the worst receipt counts.
    var status: LoadStatus { receipts.map(\.status).reduce(.accepted) { $0.worse($1) } }

    /// As one word. A file is refused where nothing of it is stored, and partly loaded where some of it is.
    var outcome: Receipt.Outcome { Self.outcome(of: receipts.map(\.outcome)) }

    static func outcome(of outcomes: [Receipt.Outcome]) -> Receipt.Outcome {
        if outcomes.allSatisfy({ $0 == .refused }) { return .refused }
        if outcomes.contains(where: { $0 == .refused || $0 == .partlyLoaded }) { return .partlyLoaded }
        return outcomes.allSatisfy { $0 == .repeated } ? .repeated : .loaded
    }

    func text(_ words: Words) throws -> String {
        try receipts.map { try ReceiptText(receipt: $0, words: words).text(.table) }.joined(separator: "\n")
    }

    /// The receipts as `mmt load --format json` prints each, under what became of the file as a whole.
    /// - Parameter offersRows: adds where the sender may have the rows of a receipt back.
    func json(_ words: Words, offersRows: Bool = false) throws -> String {
        let texts = try receipts.map { try ReceiptText(receipt: $0, words: words).text(.json) }
        let sha256 = receipts.first?.sha256.map { "\"sha256\": \"\($0)\", " } ?? ""
        return """
            {"outcome": "\(outcome.rawValue)", "dryRun": \(dryRun), \(sha256)"receipts": [
            \(texts.joined(separator: ",\n"))
            ]\(offersRows ? ", \"returned\": [\(offers)]" : "")}

            """
    }

    /// For each receipt with refused rows: its number, the workbook's address and that of the refused rows alone.
    private var offers: String {
        receipts.filter { $0.counts.rejected > 0 }.compactMap(\.id).map { number in
            let links = ReturnedAddress.Form.allCases.map { form in
                "\"\(form.rawValue)\": \"\(ReturnedAddress(number, form).path)\""
            }
            return "{\"receipt\": \(number), \(links.joined(separator: ", "))}"
        }.joined(separator: ", ")
    }
}
