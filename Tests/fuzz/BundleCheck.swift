@testable import Ingest

/// Puts the rows of bundled kinds together as `BundleForm.copy` does, without files and without a connection.
struct BundleCheck {
    private let kind: ReportKind
    private let form: any BundleForm
    private var rows: [BundledRow] = []

    init(_ kind: ReportKind, _ clients: ClientRegister) {
        self.kind = kind
        form = kind == .doses ? DoseSheets() : UrineLists(clients)
    }

    mutating func add(_ valid: ValidRow) {
        guard kind.store == .bundles else { return }
        guard let row = form.row(valid.values, line: valid.line) else {
            fatalError("a valid row of \(kind.name) is in no bundle")
        }
        hold(Day(Day(number: Int(row.day)).description)?.number == Int(row.day), "the day exists")
        if kind == .doses { hold(0 < row.content && row.content <= 5000, "\(row.content) tenths") }
        _ = form.bundle(of: row)
        rows.append(row)
    }

    func check() {
        var kept: [BundledRow] = []
        for row in rows.sorted(by: form.isBefore) {
            if let last = kept.last, form.isDouble(last, row) {
                hold(last.line < row.line, "the first line counts")
            } else {
                kept.append(row)
            }
        }
        var out = CopyBinary()
        var start = 0
        for index in kept.indices where index + 1 == kept.count || !form.isSameBundle(kept[index], kept[index + 1]) {
            form.write(kept[start...index], into: &out)
            start = index + 1
        }
        hold(start == kept.count)
    }
}
