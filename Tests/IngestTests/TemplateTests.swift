import Foundation
import TestCluster
import Testing
import Words

@testable import Ingest

/// Empty reports: what we hand out is what we take.
@Suite struct TemplateTests {
    /// A row that breaks no rule, by the declaration of its columns.
    private func cell(_ column: Column) -> String {
        switch column.name {
        case "month": return "2024-03"
        case "starts_on", "opened_on", "allocated_on", "enrolled_on", "happened_on", "planned_on", "held_on",
            "started_on", "dosed_on", "collected_on", "assessed_on":
            return "2024-03-01"
        case "trial": return "T-1"
        case "value", "dose_mg": return "60"
        case "visit_month", "number", "planned_clusters": return "6"
        case "status": return column.form.choices.first ?? ""
        default: break
        }
        guard column.isRequired else { return "" }
        return switch column.form {
        case .site: "QS-001"
        case .choice(let words), .choices(let words): words[0]
        case .client, .code: "X-1"
        default: "text"
        }
    }

    @Test(
        "every kind's template, in each language, is recognised as that kind and takes a row",
        arguments: ReportKind.all.map(\.name), Language.allCases)
    func csv(_ name: String, _ language: Language) async throws {
        let kind = try #require(ReportKind.named(name))
        let template = Template(kind, try TestCluster.catalogues()[language])
        let row = kind.columns.map(cell).joined(separator: ",")
        try await TestCluster.withDatabase { database in
            try await database.load(Files.sites)
            if kind != .trials {
                try await database.load("trial,name,design\nT-1,A trial,paired\n")
            }
            let receipt = try await database.load(
                "\u{FEFF}" + template.header.joined(separator: ",") + "\r\n\(row)\r\n")
            #expect(receipt.kind == name)
            #expect(receipt.unknownColumns == [])
            #expect(receipt.missingColumns == [])
            #expect(receipt.defects == [])
            #expect(receipt.counts.inserted == 1)
        }
    }

    @Test(
        "every kind's workbook has the header on its first sheet, and a guide that is read as nothing else",
        arguments: ReportKind.all.map(\.name), Language.allCases)
    func workbook(_ name: String, _ language: Language) async throws {
        let kind = try #require(ReportKind.named(name))
        let template = Template(kind, try TestCluster.catalogues()[language])
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "template.xlsx")
            try template.writeWorkbook(to: url)
            let tables = try Tables.find(in: ReceivedFile(url))
            #expect(tables.map(\.header.kind.name) == [name])
            #expect(tables[0].header.written == template.header)
            #expect(tables[0].header.missing == [])
            #expect(try tables[0].allRows() == [])
            #expect(tables[0].notices.map(\.code) == ["sheet_not_read"])
        }
    }
}
