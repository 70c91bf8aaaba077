import Foundation
import Testing

/// Where the golden numbers are.
enum Reference {
    /// The folder two above Tests/MetricsTests.
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let oracle = root.appending(path: "../shared/oracle").standardizedFileURL

    /// The project's own numbers, written by script/oracle/metrics.R.
    static func fixture(_ key: String) throws -> JSON {
        try JSON(contentsOf: root.appending(path: "Tests/MetricsTests/Fixtures/metrics.json"))[key]
    }

    /// Whether the larger set of reference numbers lies beside the project; it is not part of a clone.
    static let hasOracle: Bool = {
        let present = FileManager.default.fileExists(atPath: oracle.appending(path: "ref/special.json").path)
        if !present { print("Tests against R's larger set are skipped: there is no \(oracle.path)") }
        return present
    }()

    /// One case of the larger set, with its own tolerances.
    static func oracle(_ file: String, _ id: String) throws -> (value: JSON, tolerance: Tolerance) {
        let found = try #require(cases[file]?[id], "no case \(id) in \(file).json")
        let tolerance = Tolerance(relative: found["tol_rel"].number ?? 0, absolute: found["tol_abs"].number ?? 0)
        return (found["value"], tolerance)
    }

    /// The numbers a small case is made of, where they stand in the case itself.
    static func inputs(_ file: String, _ id: String) throws -> JSON {
        try #require(cases[file]?[id], "no case \(id) in \(file).json")["inputs"]
    }

    /// The cases of a file that are no named cases of R.
    static func list(_ file: String) throws -> [JSON] {
        try JSON(contentsOf: oracle.appending(path: "ref/\(file).json"))["cases"].items
    }

    /// The names of a file's cases; of a file whose cases have none, its own name.
    static func identifiers(_ file: String) -> Set<String> {
        Set((cases[file] ?? [:]).keys.map { $0.isEmpty ? file : $0 })
    }

    /// Every text in quotation marks in this folder's Swift files, but for one file.
    static func quotedTexts(except excluded: String) throws -> Set<String> {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let sources = try names.filter { $0.hasSuffix(".swift") && $0 != excluded }.map {
            try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        }
        return Set(sources.flatMap { $0.matches(of: /"([^"\\\n]*)"/).map { String($0.output.1) } })
    }

    /// Every case of the larger set by file and id, parsed once.
    private static let cases: [String: [String: JSON]] = {
        let folder = oracle.appending(path: "ref")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return Dictionary(
            uniqueKeysWithValues: names.filter { $0.hasSuffix(".json") }.map { name in
                let items = (try? JSON(contentsOf: folder.appending(path: name))["cases"].items) ?? []
                let byId = Dictionary(items.map { ($0["id"].text ?? "", $0) }) { first, _ in first }
                return (String(name.dropLast(5)), byId)
            })
    }()

    /// The rows of a CSV file of the larger set, by column name; fields hold no commas.
    static func table(_ file: String) throws -> [[String: String]] {
        let text = try String(contentsOf: oracle.appending(path: "data/\(file)"), encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { fields in
            Dictionary(uniqueKeysWithValues: zip(header.map(String.init), fields.map(String.init)))
        }
    }
}
