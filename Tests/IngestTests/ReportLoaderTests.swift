import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// Files as a clerk would send them.
enum Files {
    static let sites = """
        site,name,name_zh,region,region_name,region_name_zh,opened_on,closed_on,aliases
        QS-001,Qingshan First,青山第一门诊,QS,Qingshan,青山省,2020-01-01,,OLD-1
        QS-002,Qingshan Second,青山第二门诊,QS,Qingshan,青山省,2020-01-01,,
        YH-001,Yunhe First,云河第一门诊,YH,Yunhe,云河省,2020-01-01,2026-02-28,

        """
    static let header =
        "site,month,opening,new,readmitted,transferred_in,exit_dropout,exit_transferred,exit_completed,"
        + "exit_disciplinary,exit_detained,exit_hospital,exit_moved,exit_died,exit_other,closing,clients_dosed,client_days,"
        + "tests_scheduled,tests_done,tests_positive,clients_tested,clients_positive\n"

    /// A row that breaks nothing: 100 + 5 in, 4 out.
    static func row(_ site: String, _ month: String, dropout: String = "3", closing: String = "101") -> String {
        "\(site),\(month),100,3,1,1,\(dropout),1,0,0,0,0,0,0,0,\(closing),100,2800,90,85,20,80,18\n"
    }
}

@Suite struct ReportLoaderTests {
    @Test("a registry and a report load; every row is on the receipt, and the report keeps file, line and hash")
    func load() async throws {
        try await TestCluster.withDatabase { database in
            let sites = try await database.load(Files.sites, named: "sites.csv")
            #expect(sites.kind == "sites")
            #expect(sites.counts.inserted == 3)
            let receipt = try await database.load(
                Files.header + Files.row("QS-001", "2026-01") + Files.row("QS-002", "2026-01"), named: "jan.csv")
            #expect(receipt.outcome == .loaded)
            #expect(
                receipt.counts == .init(received: 2, inserted: 2, changed: 0, unchanged: 0, rejected: 0, flagged: 0))
            let origin = try database.value(
                "select file_name || ' ' || line || ' ' || sha256 from mmt.report where site = 'QS-002'")
            #expect(origin == "jan.csv 3 \(receipt.sha256)")
        }
    }

    @Test("the same file twice is a no-op; a correction is a new version beside the old one")
    func versions() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let file = Files.header + Files.row("QS-001", "2026-01")
            let first = try await database.load(file)
            let again = try await database.load(file, named: "copy.csv")
            #expect(again.outcome == .repeated)
            #expect(again.repeats == first.id)
            let sameValues = try await database.load(file + "\n", named: "resaved.csv")
            #expect(sameValues.counts.unchanged == 1)
            let corrected = try await database.load(
                Files.header + Files.row("QS-001", "2026-01", dropout: "5", closing: "99"))
            #expect(corrected.counts.changed == 1)
            #expect(
                try database.value(
                    "select string_agg(exit_dropout::text, ',' order by version) from mmt.monthly_report") == "3,5")
            #expect(try database.value("select exit_dropout from mmt.current_report") == "5")
            let rate = try database.value(
                "select numerator || '/' || denominator from mmt.indicator_count where indicator = 'dropout_rate'")
            #expect(rate == "5/99.5")
        }
    }

    @Test("bad rows are kept whole with column, value and code, the good ones load, and a corrected file settles them")
    func quarantine() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let bad =
                Files.header + Files.row("QS-001", "2026-01") + Files.row("QS-0O2", "2026-01")
                + Files.row("QS-002", "2026-13") + Files.row("QS-002", "2026-01", dropout: "2.5")
                + "QS-002,2026-01,1\n" + Files.row("QS-001", "2026-01", dropout: "9")
            let receipt = try await database.load(bad, named: "bad.csv")
            #expect(receipt.outcome == .partlyLoaded)
            #expect(receipt.counts.received == 6)
            #expect(receipt.counts.inserted == 1)
            #expect(receipt.counts.rejected == 5)
            #expect(
                receipt.defects.map { "\($0.line) \($0.column ?? "-") \($0.code.rawValue)" } == [
                    "3 site site_unknown_near", "4 month month_unreadable", "5 exit_dropout count_not_whole",
                    "6 - cell_count", "7 month duplicate_row",
                ])
            let cell = try database.value("select cells ->> 'exit_dropout' from mmt.rejected_row where line = 5")
            #expect(cell == "2.5")
            #expect(
                try database.value(
                    "select state from mmt.expected_report x join mmt.site using (site_id) where code = 'QS-002' and month = '2026-01-01'"
                ) == "rejected")

            let fixed = try await database.load(Files.header + Files.row("QS-002", "2026-01"), named: "fixed.csv")
            #expect(fixed.outcome == .loaded)
            let open = try database.value(
                "select string_agg(line::text, ',' order by line) from mmt.rejected_row where superseded_by is null")
            #expect(open == "3,4,6,7")
        }
    }

    @Test("a partly loaded file sent again brings only what was refused: a correction made since stays")
    func partlyLoadedAgain() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let partly = Files.header + Files.row("QS-001", "2026-01") + Files.row("NEW-1", "2026-01")
            #expect(try await database.load(partly).outcome == .partlyLoaded)
            try await database.load(Files.header + Files.row("QS-001", "2026-01", dropout: "4", closing: "100"))
            try await database.load("site,name,region\nNEW-1,New Clinic,QS\n")
            let again = try await database.load(partly)
            #expect(again.counts == .init(received: 2, inserted: 1, changed: 0, unchanged: 1, rejected: 0, flagged: 0))
            let current = try database.value(
                "select exit_dropout from mmt.current_report join mmt.site using (site_id) where code = 'QS-001'")
            #expect(current == "4")
        }
    }

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

    @Test("what does not fit is flagged and never refused")
    func flags() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let receipt = try await database.load(
                Files.header + Files.row("QS-001", "2026-01", closing: "90") + Files.row("QS-001", "2026-02")
                    + Files.row("YH-001", "2026-01") + Files.row("YH-001", "2026-03"))
            #expect(receipt.outcome == .loaded)
            #expect(receipt.counts.flagged == 3)
            let flags = try database.value(
                "select string_agg(site || ' ' || to_char(month, 'MM') || ' ' || code || ' ' || coalesce(seen::text, '') || ' ' || coalesce(expected::text, ''), '; ' order by site, month, code) from mmt.flag"
            )
            #expect(
                flags == "QS-001 01 caseload_does_not_add_up 90 101; QS-001 02 opening_is_not_last_closing 100 90; "
                    + "YH-001 03 clinic_not_open  ")

            // Correcting January answers February's question too.
            try await database.load(
                Files.header
                    + Files.row("QS-001", "2026-01", closing: "100", ).replacing(",3,1,1,3,1,", with: ",3,1,1,4,1,"))
            #expect(try database.value("select count(*) from mmt.flag where site = 'QS-001'") == "0")
        }
    }

    @Test("a dry run gives the same receipt and stores nothing")
    func dryRun() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let file = Files.header + Files.row("QS-001", "2026-01") + Files.row("NO-1", "2026-01")
            let dry = try await database.load(file, .init(dryRun: true))
            #expect(try database.value("select count(*) from mmt.receipt") == "1")
            #expect(try database.value("select count(*) from mmt.rejected_row") == "0")
            let real = try await database.load(file)
            #expect(dry.counts == real.counts)
            #expect(dry.defects == real.defects)
            #expect(dry.outcome == real.outcome)
        }
    }

    @Test("a dry run of a file that breaks off in the middle is a refusal, as the load is")
    func dryRefusal() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let file = Files.header + Files.row("QS-001", "2026-01") + "QS-001,\"2026-02\n"
            let dry = try await database.load(file, .init(dryRun: true))
            #expect(dry.refusal?.code == "quote_unterminated")
            #expect(try await database.load(file).refusal == dry.refusal)
            #expect(try database.value("select count(*) from mmt.monthly_report") == "0")
        }
    }

    @Test("a registry that leaves columns out changes nothing that it does not speak of, and an alias means one clinic")
    func registry() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(
                Files.sites.replacing("aliases\n", with: "aliases,provenance\n").replacing(
                    "OLD-1\n", with: "OLD-1,simulated\n"
                ).replacing("01-01,,\n", with: "01-01,,,\n").replacing("02-28,\n", with: "02-28,,\n"))
            let again = try await database.load("site,name,region\nQS-001,Qingshan First,QS\n")
            #expect(again.counts.unchanged == 1)
            #expect(
                try database.value("select provenance || ' ' || name_zh from mmt.site where code = 'QS-001'")
                    == "simulated 青山第一门诊")
            let taken = try await database.load("site,name,region,aliases\nQS-002,Qingshan Second,QS,old-1\n")
            #expect(taken.defects.map(\.code) == [.aliasTaken])
            #expect(taken.defects.first?.expected == "QS-001")
            let twice = try await database.load("site,name,region\nZZ-1,One,QS\nzz-1,Two,QS\n")
            #expect(twice.defects.map(\.code) == [.duplicateRow])
        }
    }

    @Test("nonsense is refused whole, and its bytes are kept")
    func nonsense() async throws {
        try await TestCluster.withDatabase { database in
            let letter = try await database.load(
                "Dear colleagues,\nplease find our numbers below.\n", named: "letter.csv")
            #expect(letter.outcome == .refused)
            #expect(letter.refusal?.code == "kind_unknown")
            let noise = try await database.load([0x8A, 0x00, 0xFF, 0x13, 0x37], named: "noise.csv")
            #expect(noise.refusal?.code == "file_not_text")
            #expect(
                try database.value("select count(*) from mmt.received_file_part where length(bytes) in (48, 5)") == "2")
        }
    }

    @Test("Chinese headers and names load from GB18030, and the evidence is on the receipt")
    func chinese() async throws {
        try await TestCluster.withDatabase { database in
            let sites = "门诊编码,名称,地区编码,地区名称\nCD-1,成都第一门诊,CD,成都\n"
            let receipt = try await database.load(encoded(sites, as: "GB18030"), named: "登记表.csv")
            #expect(receipt.outcome == .loaded)
            #expect(receipt.encoding?.encoding == .gb18030)
            #expect(try database.value("select name from mmt.site") == "成都第一门诊")
            let report = "门诊编码,月份,期初在治,期末在治\nＣＤ-1,2026年1月,１２０,１１９\n"
            #expect(try await database.load(encoded(report, as: "GB18030")).outcome == .loaded)
            #expect(try database.value("select opening || ' ' || closing from mmt.current_report") == "120 119")
        }
    }

    @Test("a load that was killed leaves nothing but its file, and the next one finishes it under its own receipt")
    func killed() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let rows = (1...9).map { Files.row("QS-001", "2025-0\($0)") }.joined()
            try await TestCluster.withFolder { folder in
                let url = folder.appending(path: "year.csv")
                try Data((Files.header + rows).utf8).write(to: url)
                let file = try ReceivedFile(url)
                // The state that a kill leaves: the arrival committed, the rest rolled back by the server, the lock gone.
                let doomed = try database.ingest.connect()
                let number = try doomed.transaction { doomed in
                    _ = try FileArchive(nil).keep(file, doomed)
                    return try ReceiptLedger.begin(file, .init(), doomed)
                }
                #expect(try database.loader().resumeInterrupted(database.ingest.connect()) == [], "it may still live")
                ReceiptLedger.letGo(number, doomed)

                let resumed = try database.loader().resumeInterrupted(database.ingest.connect())
                #expect(resumed.map(\.id) == [number])
                #expect(resumed.first?.counts.inserted == 9)
                #expect(try database.value("select count(*) from mmt.current_report") == "9")
                #expect(try database.loader().resumeInterrupted(database.ingest.connect()) == [])
            }
        }
    }

    @Test("history counts a report as arrived when it was submitted, for the deadline only")
    func history() async throws {
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            let file =
                "site,month,submitted_at,opening\nQS-001,2025-01,2025-02-10T23:59:59+08:00,5\nQS-001,2025-02,2025-03-11T00:00:00+08:00,5\n"
            try await database.load(file, .init(history: true))
            let inTime = try database.value("select string_agg(in_time::text, ',' order by month) from mmt.report")
            #expect(inTime == "true,false")
        }
    }
}
