import Ingest

@testable import Monitor

extension Month {
    init(_ year: Int, _ number: Int) { self = .first + ((year - 1) * 12 + number - 1) }
}

/// The sample's files read back, without any of the code that wrote them.
struct SampleTable {
    struct Row {
        let site: String
        let month: String
        let submittedAt: String
        /// The count cells after the three keys, digits made plain.
        let cells: [String]

        subscript(column: SampleColumn) -> Int? { Int(cells[column.rawValue]) }
        var isEmpty: Bool { cells.allSatisfy { $0.isEmpty } }
    }

    struct Key: Hashable {
        let site: String
        let month: String
    }

    /// Every row in the order of loading, under the code that was written.
    private(set) var rows: [Row] = []
    /// By registry code and month: the versions in the order of loading.
    private(set) var versions: [Key: [Row]] = [:]
    private(set) var sites: [[String: String]] = []

    init(_ files: [SampleFile]) {
        for file in files where file.name == "sites.csv" || file.name.hasPrefix("20") {
            let lines = Self.lines(file)
            guard let header = lines.first, header.count > 10 else { continue }
            if file.name == "sites.csv" {
                sites = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
                continue
            }
            rows += lines.dropFirst().map { line in
                Row(site: line[0], month: line[1], submittedAt: line[2], cells: Array(line.dropFirst(3)))
            }
        }
        var registered: [String: String] = [:]
        for site in sites {
            registered[site["aliases"] ?? ""] = site["site"]
        }
        for row in rows {
            let code = registered[row.site] ?? row.site
            versions[Key(site: code, month: row.month), default: []].append(row)
        }
    }

    func versions(_ site: String?, _ month: Month) -> [Row] {
        versions[Key(site: site ?? "", month: month.description)] ?? []
    }

    func current(_ site: String?, _ month: Month) -> Row? { versions(site, month).last }

    /// Cells by line; in a GB18030 file only the header needs decoding, and no test of this table reads it.
    static func lines(_ file: SampleFile) -> [[String]] {
        var bytes = file.bytes
        guard !bytes.starts(with: [0x50, 0x4B]) else { return [] }
        if bytes.starts(with: [0xFF, 0xFE]) {
            let units = stride(from: 2, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
            bytes = Array(String(decoding: units, as: UTF16.self).utf8)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return bytes.split(separator: UInt8(ascii: "\n")).map { cells(String(decoding: $0, as: UTF8.self)) }
    }

    /// Commas outside of quotation marks separate; within them they group thousands.
    private static func cells(_ line: String) -> [String] {
        var cells = [""]
        var isQuoted = false
        for scalar in line.unicodeScalars where scalar != "\r" {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            case ",": break
            case "０"..."９": cells[cells.count - 1] += String(scalar.value - 0xFF10)
            default: cells[cells.count - 1].unicodeScalars.append(scalar)
            }
        }
        return cells
    }
}
