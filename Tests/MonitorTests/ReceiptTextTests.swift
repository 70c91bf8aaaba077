import Foundation
import TestCluster
import Testing
import Words

@testable import Ingest
@testable import Monitor

/// What a receipt says on a terminal, and cells of files that pages give away.
@Suite struct ReceiptTextTests {
    @Test("what is to be done is said once for all rows that it is the same for, and a question shows what was written")
    func remedies() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load("site,name,region,opened_on\nQS-001,Qingshan First,QS,2020-01-01\n")
            let receipt = try await database.load(
                """
                site,client,dosed_on,dose_mg
                QS-001,1,2024-03-01,330
                QS-001,1,2024-03-02,"330.00"
                QS-001,1,2024-03-03,６０mg
                QS-001,1,2024-03-04,x
                QS-001,1,2024/3/5,0.0

                """)
            #expect(receipt.questions.map(\.value) == ["330", "330.00"])
            #expect(receipt.defects.map(\.value) == ["６０mg", "x", "0.0"])
            let words = try TestCluster.catalogues()[.english]
            let text = try ReceiptText(receipt: receipt, words: words).text(.table)
            for code in ["amount_unusual", "amount_not_number", "amount_zero"] {
                #expect(text.components(separatedBy: words("defect.\(code).remedy")).count == 2, "\(code)")
            }
        }
    }

    @Test("a column whose name holds a quote with an accent is told as it was written")
    func accents() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load("site,name,region\nQS-001,Qingshan First,QS\n")
            let name = "x\"\u{301}\\\u{301}"
            let receipt = try await database.load("site,month,\(name)\nQS-001,2024-03,\n")
            #expect(receipt.unknownColumns == [name])
            #expect(try database.value("select columns_unknown[1] from mmt.receipt where receipt_id = 2") == name)
        }
    }

    @Test(
        "a sign that a mark stands upon is still that sign: a quote, a comma, the start of a formula",
        arguments: [
            ("a\"\u{301}b", "\"a\"\"\u{301}b\""), ("a,\u{301}b", "\"a,\u{301}b\""), ("=\u{301}1+1", "'=\u{301}1+1"),
            ("\r\n1", "\"'\r\n1\""), ("a\r\u{301}", "\"a\r\u{301}\""), ("plain", "plain"),
        ])
    func cells(_ text: String, _ cell: String) {
        let file = CSVFile.text(keys: ["k"], rows: [["k": .text(text)]])
        #expect(Array(file.utf8) == Array("\u{FEFF}k\r\n\(cell)\r\n".utf8))
    }
}
