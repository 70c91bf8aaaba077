/// A client's month of doses: a box for each day.
struct DoseSheets: BundleForm {
    private let client = ReportKind.doses.index(of: "client") ?? 0
    private let day = ReportKind.doses.index(of: "dosed_on") ?? 0
    private let dose = ReportKind.doses.index(of: "dose_mg") ?? 0

    let copyStatement = "copy staging (client, month, tenths_mg, line) from stdin with (format binary)"

    func row(_ values: [Value], line: Int) -> BundledRow? {
        guard case .client(let client) = values[client], case .day(let day) = values[day],
            case .amount(let tenths, _) = values[dose]
        else { return nil }
        return BundledRow(client: Int32(client), day: Int32(day.number), content: Int32(tenths), line: Int32(line))
    }

    func bundle(of row: BundledRow) -> Int { Int(row.client) }

    func isBefore(_ a: BundledRow, _ b: BundledRow) -> Bool {
        a.client != b.client ? a.client < b.client : a.day != b.day ? a.day < b.day : a.line < b.line
    }

    func isDouble(_ a: BundledRow, _ b: BundledRow) -> Bool { a.client == b.client && a.day == b.day }

    func isSameBundle(_ a: BundledRow, _ b: BundledRow) -> Bool {
        a.client == b.client && Day(number: Int(a.day)).month == Day(number: Int(b.day)).month
    }

    func write(_ bundle: ArraySlice<BundledRow>, into out: inout CopyBinary) {
        guard let first = bundle.first else { return }
        let month = Day(number: Int(first.day)).month
        let start = Int32(month.first.number)
        var tenths = [Int16?](repeating: nil, count: month.days)
        var lines = [Int32?](repeating: nil, count: month.days)
        for row in bundle {
            tenths[Int(row.day - start)] = Int16(row.content)
            lines[Int(row.day - start)] = row.line
        }
        out.beginRow(fields: 4)
        out.field(first.client)
        out.field(month.first)
        out.field(tenths)
        out.field(lines)
    }
}
