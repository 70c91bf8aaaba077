/// Data values as a table of monthly reports: one row a clinic and month.
final class DataValueSource: RecordSource {
    private let values: DataValues
    private var next = -1

    init(_ values: DataValues) {
        self.values = values
    }

    /// The header is on line 1; a row bears the line of its first value.
    func next(_ record: inout Record) throws -> Bool {
        guard next < values.places.count else { return false }
        if next < 0 {
            record.begin(line: 1)
            for name in ["site", "month"] + values.elements { record.append(name.utf8) }
        } else {
            record.begin(line: values.lines[next])
            record.append(values.places[next].site.utf8)
            record.append(values.places[next].month.utf8)
            for element in values.elements.indices {
                let second = values.secondLine(of: element, at: next)
                let fault = second.map { Record.Fault(code: .valueTwice, expected: "\($0)") }
                record.append(values.text(of: element, at: next).utf8, fault: fault)
            }
        }
        next += 1
        return true
    }

    var progress: Double? { Double(max(0, next)) / Double(max(1, values.places.count)) }
}
