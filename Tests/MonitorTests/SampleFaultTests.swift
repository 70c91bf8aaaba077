import Ingest
import Testing

@testable import Monitor

@Suite("The sample's faults")
struct SampleFaultTests {
    private let programme: SampleProgramme
    private let table: SampleTable

    init() throws {
        programme = try SampleFixture.programme.get()
        table = try SampleFixture.table.get()
    }

    @Test("Every kind of fault occurs")
    func kinds() {
        #expect(Set(programme.faults.map(\.kind)) == Set(SampleFaultKind.allCases))
    }

    @Test("Every fault of the register is in the files")
    func present() {
        for fault in programme.faults {
            let row = table.versions(fault.site, fault.month).first
            let checks = [calendar(fault, row), version(fault), value(fault, row), writing(fault)].compactMap { $0 }
            #expect(checks == [true], "\(fault)")
        }
    }

    @Test("Every fault of the register is in the README")
    func inReadme() {
        let readme = String(decoding: programme.files.last?.bytes ?? [], as: UTF8.self)
        for fault in programme.faults {
            #expect(readme.contains(fault.file ?? "\(fault.site ?? "") \(fault.month)"))
            #expect(readme.contains(fault.kind.sentence))
        }
    }

    @Test("Nothing is late, missing or doubled that is not in the register")
    func nothingElse() {
        func listed(_ kinds: [SampleFaultKind], _ site: String, _ month: Month) -> Bool {
            programme.faults.contains { kinds.contains($0.kind) && $0.site == site && $0.month == month }
        }
        for clinic in programme.clinics {
            for index in 0..<48 where clinic.isOpen(at: index) {
                let month = programme.firstMonth + index
                let versions = table.versions(clinic.site, month)
                let isAbsent = listed([.neverSubmitted, .notYetReported, .unknownSite], clinic.site, month)
                #expect(versions.isEmpty == isAbsent, "\(clinic.site) \(month)")
                if let first = versions.first {
                    let isLate = first.submittedAt >= (month + 1).date(day: 11)
                    #expect(isLate == listed([.late], clinic.site, month), "\(clinic.site) \(month)")
                }
                let corrections: [SampleFaultKind] = [
                    .corrected, .dropoutsCorrectedUpwards, .caseloadCorrectedDownwards,
                ]
                #expect((versions.count > 1) == listed(corrections, clinic.site, month), "\(clinic.site) \(month)")
            }
        }
    }

    /// The clinic and its calendar; nil for other kinds.
    private func calendar(_ fault: SampleFault, _ row: SampleTable.Row?) -> Bool? {
        let site = table.sites.first { $0["site"] == fault.site }
        switch fault.kind {
        case .dropoutDriftsUp, .improves: return row != nil
        case .positivityStepsUp:
            let before = (1...12).compactMap { positivity(fault.site, fault.month - $0) }
            let after = (0..<12).compactMap { positivity(fault.site, fault.month + $0) }
            return (after.min() ?? 0) > before.reduce(0, +) / Double(before.count)
        case .opened: return site?["opened_on"] == fault.month.date(day: 1) && row?[.opening] == 0
        case .closed: return site?["closed_on"] == fault.month.date(day: fault.month.days) && row?[.closing] == 0
        case .fewerThanFiveClients: return (row?[.closing] ?? 9) < 5
        case .late: return (row?.submittedAt ?? "") >= (fault.month + 1).date(day: 11)
        case .neverSubmitted, .notYetReported: return row == nil
        case .closedYetReports: return (site?["closed_on"] ?? "9") < fault.month.date(day: 1) && row?.isEmpty == false
        default: return nil
        }
    }

    private func positivity(_ site: String?, _ month: Month) -> Double? {
        guard let row = table.current(site, month), let positive = row[.clientsPositive],
            let tested = row[.clientsTested]
        else { return nil }
        return Double(positive) / Double(tested)
    }

    private func version(_ fault: SampleFault) -> Bool? {
        let versions = table.versions(fault.site, fault.month)
        func change(_ column: SampleColumn) -> Int { (versions.last?[column] ?? 0) - (versions.first?[column] ?? 0) }
        switch fault.kind {
        case .corrected: return versions.count == 2 && change(.clientsPositive) > 0
        case .dropoutsCorrectedUpwards: return versions.count == 2 && change(.exitDropout) > 0
        case .caseloadCorrectedDownwards: return versions.count == 2 && change(.closing) < 0
        default: return nil
        }
    }

    private func value(_ fault: SampleFault, _ row: SampleTable.Row?) -> Bool? {
        let kinds: [SampleFaultKind] = [
            .totalsDoNotAdd, .openingIsNotLastClosing, .emptyReport, .copiedMonth, .zeroForMissingUrine,
            .methadoneInMillilitres, .notWhole, .negative, .positivesOverDone,
        ]
        guard kinds.contains(fault.kind) else { return nil }
        guard let row else { return false }
        let earlier = table.current(fault.site, fault.month - 1)
        let admissions = SampleColumn.admissions.reduce(row[.opening] ?? 0) { $0 + (row[$1] ?? 0) }
        let expected = SampleColumn.exits.reduce(admissions) { $0 - (row[$1] ?? 0) }
        switch fault.kind {
        case .totalsDoNotAdd: return row[.closing] != expected && row[.opening] == earlier?[.closing]
        case .openingIsNotLastClosing: return row[.closing] == expected && row[.opening] != earlier?[.closing]
        case .emptyReport: return row.isEmpty
        case .copiedMonth: return row.cells == earlier?.cells
        case .zeroForMissingUrine: return SampleColumn.urine.allSatisfy { row[$0] == 0 }
        case .methadoneInMillilitres: return (row[.methadoneMg] ?? .max) < 10 * (row[.clientDays] ?? 0)
        case .notWhole: return row.cells[SampleColumn.clientsDosed.rawValue].hasSuffix(".5")
        case .negative: return row.cells.contains { $0.hasPrefix("-") }
        default: return (row[.testsPositive] ?? 0) > (row[.testsDone] ?? 0)
        }
    }

    private func writing(_ fault: SampleFault) -> Bool? {
        let bytes = programme.files.first { $0.name == fault.file }?.bytes ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        switch fault.kind {
        case .unknownSite:
            let code = SampleClerk.letterForZero(fault.site ?? "")
            return table.versions(code, fault.month).count == 1 && !table.sites.contains { $0["site"] == code }
        case .formerCode:
            let alias = table.sites.first { $0["site"] == fault.site }?["aliases"]
            return alias?.isEmpty == false && table.versions(fault.site, fault.month).first?.site == alias
        case .thousandsSeparators: return text.contains("\"")
        case .fullWidthDigits: return text.contains("，") == false && text.contains("１")
        case .utf16File: return bytes.starts(with: [0xFF, 0xFE])
        case .brokenFile: return bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
        default: return nil
        }
    }
}
