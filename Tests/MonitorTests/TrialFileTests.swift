import Foundation
import Ingest
import Metrics
import TestCluster
import Testing
import Words

@testable import Monitor

/// A trial's file of one's own: how it is read, and what is said of it.
@Suite struct TrialFileTests {
    private static let columns = TrialTable.Columns(arm: "arm", clinic: "clinic", participant: "who")

    private func table(_ text: String, _ columns: TrialTable.Columns = columns) throws -> TrialTable {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try TrialTable(DataTable(ReceivedFile(url)), columns)
    }

    /// Six clinics of five, measured at 0 and 3; the last of each clinic misses the second visit.
    private static let long: String = {
        let rows = (0..<6).flatMap { clinic in
            (0..<5).flatMap { member in
                [0, 3].map { visit in
                    let score = 30 + (7 * clinic + 5 * member + 3 * visit) % 11 + (visit > 0 ? clinic % 2 * 4 : 0)
                    let cell = member == 4 && visit == 3 ? "NA" : "\(score)"
                    return "p\(clinic)\(member),k\(clinic),\(clinic % 2),\(visit),\(cell)"
                }
            }
        }
        return (["who,clinic,arm,visit,score"] + rows).joined(separator: "\n") + "\n"
    }()

    @Test("every fault has words in both languages that name what they are given")
    func words() throws {
        let catalogues = try TestCluster.catalogues()
        for language in [Language.english, .chinese] {
            for code in TrialFileFault.Code.allCases {
                #expect(catalogues[language].has("analyse.fault.\(code.rawValue)"), "\(code)")
            }
            for reason in TrialFailure.allCases {
                #expect(catalogues[language].has("trial.failure.\(reason.rawValue)"), "\(reason)")
            }
            for method in TrialMethod.allCases.map(\.rawValue) + HazardMethod.allCases.map(\.rawValue) {
                #expect(catalogues[language].has("trial.method.\(method)"), "\(method)")
            }
        }
    }

    @Test("a row a visit: arms by clinic, visits in order, who is left out and why")
    func long() throws {
        let file = try TrialFile(table(Self.long), .init(outcome: "score", visit: "visit"))
        #expect(file.record.clinics.map(\.isTreated) == [false, true, false, true, false, true])
        #expect(file.record.visits == [0, 3] && file.visit == 3 && file.hasBaseline && !file.record.isBinary)
        #expect(file.participants == [15, 15] && file.leftOut.map(\.withoutOutcome) == [3, 3])
        let analysis = try TrialAnalysis(file.record, visit: 3)
        #expect(try analysis.effect(.twoStage).get().participants == 24)
    }

    @Test("a row a participant gives what a row a visit gives, to the last digit")
    func wide() throws {
        let file = try TrialFile(table(Self.long), .init(outcome: "score", visit: "visit"))
        let rows = file.record.participants.enumerated().map { place, who in
            let cells = who.outcomes.map { $0.map { "\($0)" } ?? "" }
            return "\(place),k\(who.clinic),\(who.clinic % 2),\(cells.joined(separator: ","))"
        }
        let text = (["who,clinic,arm,before,after"] + rows).joined(separator: "\n") + "\n"
        let wide = try TrialFile(table(text), .init(outcome: "after", baseline: "before"))
        #expect(wide.record.participants == file.record.participants && wide.leftOut == file.leftOut)
        for method in TrialMethod.all(binary: false) {
            let (one, other) = try (TrialAnalysis(file.record), TrialAnalysis(wide.record))
            #expect(one.effect(method) == other.effect(method))
        }
    }

    @Test("the report's keys are the same whatever is asked, and every number names its level and seed")
    func keys() throws {
        let file = try TrialFile(table(Self.long), .init(outcome: "score", visit: "visit"))
        let reports = try [TrialMethod.twoStage, .mixedModel].map { method in
            let options = TrialReport.Options(method: method, missingCountAsYes: false, level: 0.9, seed: 7)
            let json = try JSONEncoder().encode(TrialReport(file, options))
            return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        }
        for report in reports {
            #expect(Set(report.keys) == Set(TrialReport.CodingKeys.allCases.map(\.rawValue)))
            let effects = try #require(report["effects"] as? [[String: Any]])
            #expect(Set(effects.map { $0.keys.sorted() }).count == 1 && effects.count == 9)
            #expect(effects.allSatisfy { $0["level"] as? Double == 0.9 && $0["seed"] as? Int == 7 })
        }
        #expect((reports[1]["effects"] as? [[String: Any]])?.first?["method"] as? String == "mixed_model")
    }

    @Test("faults stand on their line and column")
    func faults() throws {
        func fault(_ text: String, _ columns: TrialTable.Columns = Self.columns) throws -> TrialFileFault? {
            do {
                _ = try TrialFile(table(text, columns), .init(outcome: "score", visit: "visit"))
                return nil
            } catch let fault as TrialFileFault { return fault }
        }
        let cases: [(row: String, code: TrialFileFault.Code, column: String)] = [
            ("x,k1,0,0,30", .armChanges, "arm"), ("x,,1,0,30", .blank, "clinic"), ("x,k1,1,0,a", .notANumber, "score"),
            ("p00,k1,1,6,30", .participantMoves, "clinic"), ("p00,k0,0,3,30", .twice, "who"),
            ("x,k1,1,0.5,30", .notAVisit, "visit"),
        ]
        for (row, code, column) in cases {
            let found = try #require(try fault(Self.long + row + "\n"), "\(code)")
            #expect(found.code == code && found.values["line"] == "62" && found.values["column"] == column, "\(found)")
        }
        #expect(try fault(Self.long) == nil)
        var stratified = Self.columns
        stratified.stratum = "visit"
        #expect(try fault(Self.long, stratified)?.code == .stratumChanges)
    }

    @Test("numbers of any size are written, and never trap")
    func sizes() throws {
        let numbers = NumberText(words: try TestCluster.catalogues()[.english])
        for value in [9e14, 1e15, 9.007_199_254_740_993e16, 4e17, 1e19, -3e300, 1e-300] {
            for digits in [0, 1, 2, 3, 10] { #expect(!numbers.number(value, digits: digits).isEmpty) }
        }
        #expect(numbers.number(123_456_789.125, digits: 2) == "123,456,789.13")
    }
}
