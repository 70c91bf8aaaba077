import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Rules between the numbers of a report.
@Suite struct RuleTests {
    @Test("each bound refuses a row under the name of the database's own constraint")
    func bounds() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let columns = ReportKind.monthly.columns.map(\.name)
            let rules = try LinearRule.load(.monthly, sql: TestCluster.sql, database.ingest.connect())
            #expect(rules.count == 13)
            for rule in rules {
                // Every whole is 1 and the part more than all of them; client-days are bounded by the days of the month.
                let part = rule.terms.first { $0.isLeft }?.field
                let wholes = rule.terms.filter { !$0.isLeft }
                let values = columns.map { column -> String in
                    switch column {
                    case "site": "QS-001"
                    case "month": "2026-01"
                    case "submitted_at": ""
                    case part: wholes[0].perDayOfMonth ? "32" : wholes.count > 1 ? "5" : "2"
                    default: wholes.contains { $0.field == column } ? "1" : ""
                    }
                }
                let receipt = try await database.load(
                    columns.joined(separator: ",") + "\n" + values.joined(separator: ",") + "\n")
                #expect(receipt.defects.map(\.code.rawValue) == [rule.code])
                let constraint = try database.value("select conname from pg_constraint where conname = $1", [rule.code])
                #expect(constraint == rule.code)
            }
        }
    }

    @Test(
        "a rule that somebody adds as data works at the next load: as a question, then as a refusal, and without code")
    func ownRule() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            try database.administration.connect().run(
                script: """
                    set role mmt_owner;
                    insert into mmt.quality_rule (rule, code, severity, owner, form, comparison, constant, in_force_from, text_en)
                    values ('few_new', 'few_new', 'flag', 'Li', 'linear', '<=', 1, '2026-01-01', '{seen} new clients');
                    insert into mmt.quality_term (rule, side, field) values ('few_new', 'left', 'new')
                    """)
            let asked = try await database.load(Files.header + Files.row("QS-001", "2026-01"))
            #expect(asked.counts.flagged == 1)
            #expect(try database.value("select sentence from mmt.flag where code = 'few_new'") == "3 new clients")
            try database.administration.connect().run(
                script: "update mmt.quality_rule set severity = 'refuse' where rule = 'few_new'")
            let refused = try await database.load(Files.header + Files.row("QS-002", "2026-01"))
            #expect(refused.defects.map(\.code) == [.ruleBroken])
            #expect(refused.defects.first?.expected == "<= 1 (few_new)")
        }
    }
}
