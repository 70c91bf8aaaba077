import Foundation
import Postgres
import TestCluster
import Testing

@testable import Ingest

/// A file's way in: what is stored, and what its receipt says.
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
            #expect(origin == "jan.csv 3 \(receipt.sha256 ?? "")")
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
