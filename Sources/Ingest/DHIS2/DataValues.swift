import Foundation

/// A DHIS2 data value set: for each clinic and month the values of data elements, one a line. A set is the whole report
/// of its clinic and month; elements are known by the names of the monthly report's columns.
final class DataValues {
    struct Place: Hashable {
        let site, month: String
    }

    /// A national month is 740 clinics of 42 values.
    private static let most = 2_000_000
    /// Places times elements: a set in which each value has a clinic and an element of its own is no report, and its
    /// table would be a million rows of a million cells.
    private static let mostCells = 20_000_000
    /// Each is a column, of which a table has no more than a sheet of Excel.
    private static let mostElements = 16_384
    private static let element = "dataelement"

    private(set) var places: [Place] = []
    private(set) var elements: [String] = []
    private var elementPlaces: [String: Int] = [:]
    private var placeIndexes: [Place: Int] = [:]
    private var values: [[Int: String]] = []
    /// By place and element: the line on which a second value stands. Two are parts of a whole (by sex, by age), and
    /// neither is the number of the report.
    private var secondLines: [Int: [Int: Int]] = [:]
    /// The line of each place's first value; values in JSON are counted from 2, as below a header.
    private(set) var lines: [Int] = []
    private var count = 0

    /// The first value of an element at a place; "" where there is none.
    func text(of element: Int, at place: Int) -> String { values[place][element] ?? "" }

    /// The line of a second value of the same element; nil for one value or none.
    func secondLine(of element: Int, at place: Int) -> Int? { secondLines[place]?[element] }

    static func isHeader(of reader: CSVReader) throws -> Bool {
        var record = Record()
        return try reader.next(&record) && record.texts.first.map(folded) == element
            && Set(record.texts.map(folded)).isSuperset(of: [element, "period", "orgunit", "value"])
    }

    /// dataelement, period, orgunit, categoryoptioncombo, attributeoptioncombo, value, … in any order.
    init(csv reader: CSVReader) throws {
        var record = Record()
        _ = try reader.next(&record)
        let names = record.texts.map(Self.folded)
        let place = { (name: String) in names.firstIndex(of: name) ?? 0 }
        let columns = ["dataelement", "period", "orgunit", "value"].map(place)
        while try reader.next(&record) {
            guard record.count >= (columns.max() ?? 0) + 1 else {
                throw FileRefusal("data_values_unreadable", ["line": "\(record.line)"])
            }
            let cells = columns.map(record.text)
            try add(cells[0], Place(site: cells[2], month: Self.month(cells[1])), cells[3], line: record.line)
        }
    }

    private struct ValueSet: Decodable {
        struct Value: Decodable {
            let dataElement: String
            let period, orgUnit: String?
            let value: Text?
            let deleted: Bool?
        }
        let period, orgUnit: String?
        let dataValues: [Value]
    }

    /// Values come as texts, and from some senders as numbers.
    private struct Text: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let whole = try? container.decode(Int.self) {
                text = "\(whole)"
            } else {
                text = "\(try container.decode(Double.self))"
            }
        }
    }

    /// `{"orgUnit": …, "period": …, "dataValues": [{"dataElement": …, "value": …}]}`; a value may name its own place.
    init(json file: ReceivedFile) throws {
        guard file.byteCount <= Self.mostJSONBytes else {
            throw FileRefusal("data_values_too_many", ["most": "\(Self.most)"])
        }
        var bytes = Data()
        try file.forEachChunk { bytes.append(contentsOf: $0) }
        guard let set = try? JSONDecoder().decode(ValueSet.self, from: bytes) else {
            throw FileRefusal("data_values_unreadable", ["line": "1"])
        }
        for (index, value) in set.dataValues.enumerated() {
            guard let site = value.orgUnit ?? set.orgUnit, let period = value.period ?? set.period else {
                throw FileRefusal("data_values_unreadable", ["line": "\(index + 1)"])
            }
            if value.deleted == true { continue }
            let text = value.value?.text ?? ""
            // JSON can write a zero byte; PostgreSQL has no text with one.
            if [value.dataElement, site, period, text].contains(where: { $0.utf8.contains(0) }) {
                throw FileRefusal("data_values_unreadable", ["line": "\(index + 1)"])
            }
            try add(value.dataElement, Place(site: site, month: Self.month(period)), text, line: index + 2)
        }
    }

    private static let mostJSONBytes = 256 << 20

    private func add(_ element: String, _ place: Place, _ value: String, line: Int) throws {
        count += 1
        if count > Self.most { throw FileRefusal("data_values_too_many", ["most": "\(Self.most)"]) }
        let column = elementPlaces[element] ?? elements.count
        if column == elements.count {
            if column == Self.mostElements {
                throw FileRefusal("data_elements_too_many", ["most": "\(Self.mostElements)"])
            }
            elements.append(element)
            elementPlaces[element] = column
        }
        let index = placeIndexes[place] ?? places.count
        if index == places.count {
            places.append(place)
            placeIndexes[place] = index
            values.append([:])
            lines.append(line)
        }
        if places.count * elements.count > Self.mostCells {
            throw FileRefusal("data_values_too_many", ["most": "\(Self.mostCells)"])
        }
        if values[index][column] == nil {
            values[index][column] = value
        } else if secondLines[index]?[column] == nil {
            secondLines[index, default: [:]][column] = line
        }
    }

    /// 202403 as 2024-03; anything else stays as it is and is refused as a month.
    private static func month(_ period: String) -> String {
        period.count == 6 && period.allSatisfy(\.isNumber) ? "\(period.prefix(4))-\(period.suffix(2))" : period
    }

    private static func folded(_ name: String) -> String {
        CellText.narrowed(name).lowercased().filter { !$0.isWhitespace && $0 != "_" }
    }
}
