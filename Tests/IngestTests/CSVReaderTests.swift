import Foundation
import Testing

@testable import Ingest
@testable import TestCluster

@Suite struct CSVReaderTests {
    private func rows(_ text: String) async throws -> [[String]] {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "file.csv")
            try Data(text.utf8).write(to: url)
            let file = try ReceivedFile(url)
            let reader = CSVReader(try TextStream(file, try EncodingDetector.decide(file)))
            var rows: [[String]] = []
            var record = Record()
            while try reader.next(&record) { rows.append(["\(record.line)"] + record.texts) }
            return rows
        }
    }

    @Test(
        "line ends, quotes, delimiters and blank lines are read as they are written",
        arguments: [
            ("a,b\n1,2\n", [["1", "a", "b"], ["2", "1", "2"]]),
            ("a,b\r\n1,2", [["1", "a", "b"], ["2", "1", "2"]]),
            ("a,b\r1,2\r", [["1", "a", "b"], ["2", "1", "2"]]),
            ("a;b\n1,5;2\n", [["1", "a", "b"], ["2", "1,5", "2"]]),
            ("a\tb\n\n \n1\t2\n", [["1", "a", "b"], ["4", "1", "2"]]),
            ("a,b\n\"x,\"\"y\"\"\nz\",2\n3,4\n", [["1", "a", "b"], ["2", "x,\"y\"\nz", "2"], ["4", "3", "4"]]),
            ("\"a\",\"\"\n", [["1", "a", ""]]),
            ("a,b\n1,2,\n", [["1", "a", "b"], ["2", "1", "2", ""]]),
        ] as [(String, [[String]])])
    func read(_ text: String, _ expected: [[String]]) async throws {
        #expect(try await rows(text) == expected)
    }

    @Test("a quote that is never closed is refused with the line on which it opened")
    func unterminated() async throws {
        let refusal = await #expect(throws: FileRefusal.self) { try await rows("a,b\n1,\"2\n3,4\n") }
        #expect(refusal == FileRefusal("quote_unterminated", ["line": "2"]))
    }

    @Test("a cell in quotes that is too long is told from a quote that is never closed")
    func longQuoted() async throws {
        let long = "a,b\n1,\"" + String(repeating: "x", count: CSVReader.longestCell + 1)
        for (end, code) in [("\"\n3,4\n", "cell_too_long"), ("\n3,4\n", "quote_unterminated")] {
            let refusal = await #expect(throws: FileRefusal.self) { try await rows(long + end) }
            #expect(refusal == FileRefusal(code, ["line": "2"]))
        }
    }

    @Test("a row has as many cells as Excel has columns, and of twenty megabytes of commas no more are read")
    func manyCells() async throws {
        let most = CSVReader.mostCells
        #expect(try await rows("a" + String(repeating: ",", count: most - 1)).map(\.count) == [1 + most])
        for commas in [most, 20_000_000] {
            let refusal = await #expect(throws: FileRefusal.self) {
                try await rows("a,b\n1" + String(repeating: ",", count: commas))
            }
            #expect(refusal == FileRefusal("row_too_long", ["line": "2"]))
        }
    }

    @Test("a row of many long cells is refused before it fills the memory")
    func longRow() async throws {
        let cell = String(repeating: "x", count: 60_000) + ","
        let refusal = await #expect(throws: FileRefusal.self) { try await rows(String(repeating: cell, count: 100)) }
        #expect(refusal == FileRefusal("row_too_long", ["line": "1"]))
    }

    @Test("any cells come back from what any writer quotes", arguments: 0..<20)
    func roundTrip(_ seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        let alphabet: [Character] = ["a", ",", "\"", "\n", "山", ";", "x", " ", "\t"]
        let cells = (0..<40).map { _ in
            (0..<3).map { _ in
                String((0..<Int.random(in: 1...6, using: &random)).map { _ in alphabet.randomElement(using: &random)! })
            }
        }
        let text =
            "h1,h2,h3\n"
            + cells.map { row in
                row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
            }.joined(separator: "\r\n")
        let read = try await rows(text).dropFirst().map { Array($0.dropFirst()) }
        #expect(read == cells.filter { !$0.allSatisfy { $0.allSatisfy { $0 == " " } } })
    }
}

/// A seeded generator (Steele, Lea & Flood 2014), so that a failing case comes back.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
