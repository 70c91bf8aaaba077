import Foundation
import Metrics
import Postgres
import TestCluster
import Testing
import Words

@testable import Ingest
@testable import Monitor

@Suite struct WordsTests {
    private static func keys() throws -> Set<String> { Set(try TestCluster.catalogues()[.english].texts.keys) }

    @Test("both languages say the same things; only English has a singular")
    func sameKeys() throws {
        let catalogues = try TestCluster.catalogues()
        let english = Set(catalogues[.english].texts.keys.filter { !$0.hasSuffix(".one") && !$0.hasSuffix(".aliases") })
        let chinese = Set(catalogues[.chinese].texts.keys.filter { !$0.hasSuffix(".one") && !$0.hasSuffix(".aliases") })
        #expect(english.symmetricDifference(chinese).sorted() == [])
    }

    @Test("a key stands once in its language: JSON readers take either of two texts without a word")
    func keysOnce() throws {
        for language in Language.allCases {
            let folder = TestCluster.root.appending(path: "web/words/\(language.rawValue)")
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            let keys = try files.filter { $0.pathExtension == "json" }.flatMap { file in
                try String(contentsOf: file, encoding: .utf8).matches(of: /(?m)^ *"((?:[^"\\]|\\.)*)":/).map {
                    String($0.output.1)
                }
            }
            #expect(Set(keys) == Set(try TestCluster.catalogues()[language].texts.keys))
            #expect(Dictionary(grouping: keys) { $0 }.filter { $1.count > 1 }.keys.sorted() == [], "\(language)")
        }
    }

    @Test("a key in two files of a language is refused by name")
    func keyInTwoFiles() async throws {
        try await TestCluster.withFolder { folder in
            for language in Language.allCases {
                let own = folder.appending(path: language.rawValue)
                try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
                for name in ["a", "b"] {
                    try Data("{\"same\": \"\(name)\"}".utf8).write(to: own.appending(path: "\(name).json"))
                }
            }
            let refusal = #expect(throws: Catalogues.Failure.self) { try Catalogues(folder) }
            #expect(refusal?.description.contains("same") == true)
        }
    }

    @Test("a text names the same things in both languages")
    func sameNames() throws {
        let catalogues = try TestCluster.catalogues()
        for (key, text) in catalogues[.chinese].texts {
            let english = catalogues[.english].texts[key] ?? ""
            let names = { (text: String) in Set(text.matches(of: /\{[a-zA-Z]+\}/).map { String($0.output) }) }
            #expect(names(text).isSubset(of: names(english).union(["{count}"])), "\(key)")
        }
    }

    @Test("every code that the program can utter has words")
    func codes() throws {
        let keys = try Self.keys()
        var wanted = Defect.Code.allCases.flatMap { ["defect.\($0.rawValue)", "defect.\($0.rawValue).remedy"] }
        wanted += FileRefusal.codes.map { "refusal.\($0)" }
        wanted += Problem.all.flatMap { ["problem.\($0.code)", "problem.\($0.code).remedy"] }
        wanted += NamedFile.Unreadable.allCases.map { "load.reason.\($0.rawValue)" }
        wanted += Cell.State.allCases.map { "state.\($0.rawValue)" }
        wanted += Unavailable.allCases.map { "unavailable.\($0.rawValue)" }
        wanted += Metrics.Method.allCases.map { "method.\($0.rawValue)" }
        wanted += ReportKind.all.flatMap { kind in
            kind.columns.map { "column.\(kind.name).\($0.name)" } + ["kind.\(kind.name)"]
        }
        wanted += (Flow.inward + Flow.outward).map { "flow.\($0)" }
        #expect(wanted.filter { !keys.contains($0) } == [])
    }

    @Test("every indicator in force and every flag that SQL can raise has words")
    func data() async throws {
        let keys = try Self.keys()
        try await TestCluster.withDatabase { database in
            let indicators = try database.administration.connect().query(
                "select indicator, kind from mmt.indicator_definition"
            )
            .map { (try $0.string("indicator"), try $0.string("kind")) }
            for (indicator, kind) in indicators {
                let parts =
                    ["name", "unit", "plain", "numerator", "caveat", "not"]
                    + (kind == "count" ? [] : ["denominator", "counts"])
                for part in parts { #expect(keys.contains("indicator.\(indicator).\(part)"), "\(indicator).\(part)") }
            }
            let rules = try database.administration.connect().query(
                "select distinct severity, code from mmt.quality_rule where text_en is null"
            ).map { (try $0.string("severity"), try $0.string("code")) }
            #expect(rules.count >= 20)
            for (severity, code) in rules {
                #expect(keys.contains("\(severity == "flag" ? "flag" : "defect").\(code)"), "\(code)")
            }
        }
    }

    @Test("every key that the source asks for by name is in the catalogue")
    func keysInSource() throws {
        let keys = try Self.keys()
        let sources = TestCluster.root.appending(path: "Sources/Monitor")
        let files = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        var asked = 0
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for match in text.matches(of: /words(?:\.counted)?\(\s*"([a-z_.0-9]+)"/) {
                asked += 1
                #expect(keys.contains(String(match.output.1)), "\(file): \(match.output.1)")
            }
        }
        #expect(asked > 60)
    }

    @Test("what is filled in is not filled in itself, and a name that nothing stands for stays")
    func filledOnce() {
        let words = Words(language: .english, texts: ["cell": "{value}, not {expected} {of} {"])
        #expect(words("cell", ["value": "{expected}", "expected": "{value}"]) == "{expected}, not {value} {of} {")
    }

    @Test("a label of a metric keeps its quotation marks to itself, with accents upon them too")
    func labels() {
        #expect(MonitoringText.escaped("a\"b\"\u{301}\\\n") == "a\\\"b\\\"\u{301}\\\\\\n")
    }

    @Test("numbers and months are written as readers of each language expect")
    func numbers() throws {
        let catalogues = try TestCluster.catalogues()
        let english = NumberText(words: catalogues[.english])
        let chinese = NumberText(words: catalogues[.chinese])
        #expect(english.number(12904, digits: 0) == "12,904")
        #expect(english.number(9.05, digits: 1) == "9.1")
        #expect(english.number(-0.04, digits: 1) == "0.0")
        #expect(english.number(-1234.56, digits: 1) == "−1,234.6")
        #expect(english.amount(450.5) == "450.5")
        #expect(english.month(Month("2024-03") ?? .first) == "March 2024")
        #expect(chinese.month(Month("2024-03") ?? .first) == "2024年3月")
    }

    @Test(
        "the language is the first that we speak of those that a reader accepts",
        arguments: [
            ("zh-CN,zh;q=0.9,en;q=0.8", Language.chinese), ("en-GB", .english), ("fr, zh;q=0.5", .chinese),
            ("", .english),
            ("en;q=0.2, zh;q=0.8", .chinese), ("zh_CN.UTF-8", .chinese),
        ])
    func accepted(_ header: String, _ language: Language) {
        #expect(Language(accepting: header) == language)
    }
}
