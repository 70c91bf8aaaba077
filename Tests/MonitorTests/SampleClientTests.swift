import Ingest
import Testing

@testable import Monitor

@Suite("The sample's client records")
struct SampleClientTests {
    private static let table = SampleFixture.programme.map { SampleClientTable($0.files) }

    private let programme: SampleProgramme
    private let reports: SampleTable
    private let table: SampleClientTable
    private let scope: SampleRecordScope

    init() throws {
        programme = try SampleFixture.programme.get()
        reports = try SampleFixture.table.get()
        table = try Self.table.get()
        scope = SampleRecordScope(clinics: programme.clinics, months: 48)
    }

    private func slips(_ kind: SampleSlip.Kind) -> [SampleSlip] { programme.slips.filter { $0.kind == kind } }

    /// Months of clinics with records whose report is right.
    private func forEachSound(_ check: (SampleTable.Row, Month) throws -> Void) rethrows -> Int {
        let spoiled = SampleFixture.spoiled(programme)
        var count = 0
        for clinic in scope.clinics {
            for month in Month.through(programme.firstMonth, programme.lastMonth) {
                let key = SampleTable.Key(site: clinic.site, month: month.description)
                guard !spoiled.contains(key), let row = reports.versions[key]?.last else { continue }
                try check(row, month)
                count += 1
            }
        }
        return count
    }

    @Test("The files come after the reports, the correction last but for the README")
    func order() {
        let names = programme.files.map(\.name)
        let sheets = scope.withSheets.map { $0.site.lowercased() }
        let expected =
            ["clients_episodes_nanyuan.csv", "clients_providers_nanyuan.csv", "clients_assessments_nanyuan.csv"]
            + sheets.flatMap { ["clients_doses_\($0).csv", "clients_urine_\($0).csv"] }
            + ["clients_episodes_nanyuan_later.csv"]
            + ["trials", "plans", "allocations", "participants", "assessments", "sessions", "episodes", "doses"].map {
                "trial_\($0).csv"
            }
            + ["rollouts.csv", "README.txt"]
        #expect(sheets.count == 3)
        #expect(names.suffix(expected.count) == expected)
        #expect(!names.dropLast(expected.count).contains { $0.hasPrefix("clients_") })
    }

    @Test("A small programme has them too, and the same seed gives the same bytes", arguments: [7, 8] as [UInt64])
    func small(_ seed: UInt64) throws {
        let made = try (0..<2).map { _ in
            try SampleProgramme(seed: seed, clinics: 20, months: 30, lastMonth: Month(2024, 6)).files
                .filter { $0.name.hasPrefix("clients_") }
        }
        #expect(made[0].count >= 5 && made[0].map(\.name) == made[1].map(\.name))
        let haveSameBytes = made[0].map(\.bytes) == made[1].map(\.bytes)
        #expect(haveSameBytes)
    }

    @Test("Stays make the caseload, the admissions and the exits of every sound report")
    func stays() {
        let counts = table.counts()
        let columns = SampleColumn.admissions + SampleColumn.exits
        let checked = forEachSound { row, month in
            let counted = counts[SampleTable.Key(site: row.site, month: row.month)] ?? [:]
            for column in columns { #expect(row[column] == counted[column] ?? 0, "\(row.site) \(month) \(column)") }
            #expect(row[.opening] == table.opening(row.site, month), "\(row.site) \(month)")
            #expect(row[.closing] == table.opening(row.site, month + 1), "\(row.site) \(month)")
        }
        #expect(checked > 370)
    }

    @Test("Dosing sheets and urine tests make the rest, but for the months with a slip")
    func sheets() throws {
        let counts = table.counts()
        let columns: [SampleColumn] = [.clientsDosed, .clientDays, .methadoneMg] + SampleColumn.urine
        var differing: [String] = []
        var checked = 0
        _ = forEachSound { row, month in
            let isSheet =
                scope.withSheets.contains { $0.site == row.site } && month >= programme.firstMonth + scope.firstSheet
            guard isSheet else { return }
            checked += 1
            let counted = counts[SampleTable.Key(site: row.site, month: row.month)] ?? [:]
            if columns.contains(where: { row[$0] != counted[$0] ?? 0 }) { differing.append("\(row.site) \(month)") }
        }
        let planned = programme.slips.filter { $0.kind != .exitCorrected }.map { "\($0.site) \($0.month)" }
        #expect(checked > 48)
        #expect(planned.count == 3 && differing.sorted() == planned.sorted())
    }

    @Test("Nobody is dosed or tested outside of a stay, or in two clinics at once")
    func withinStays() {
        let stays = Dictionary(grouping: table.stays) { $0["client"] }
        func isThere(_ row: SampleClientTable.Row, _ day: String) -> Bool {
            (stays[row["client"]] ?? []).contains { stay in
                let ended = stay["ended_on"] ?? ""
                return stay["site"] == row["site"] && (stay["started_on"] ?? "") <= day
                    && (ended.isEmpty || day <= ended)
            }
        }
        #expect(table.doses.allSatisfy { isThere($0, $0["dosed_on"] ?? "") })
        #expect(table.tests.allSatisfy { isThere($0, $0["collected_on"] ?? "") })
        #expect(Set(table.doses.map { [$0["client"], $0["dosed_on"]] }).count == table.doses.count)
        #expect(Set(table.tests.map { [$0["client"], $0["collected_on"]] }).count == table.tests.count)
        for own in stays.values where own.count > 1 {
            let ordered = own.sorted { ($0["started_on"] ?? "") < ($1["started_on"] ?? "") }
            for (one, next) in zip(ordered, ordered.dropFirst()) {
                let ended = one["ended_on"] ?? ""
                #expect(!ended.isEmpty && ended < next["started_on"] ?? "", "\(one)")
            }
        }
        let moved = stays.values.count { Set($0.map { $0["site"] }).count > 1 }
        #expect(moved > 50)
    }

    @Test("Gaps of 7, 14 and 30 days are fewer and fewer, and none is rare or usual")
    func gaps() throws {
        let days = Dictionary(grouping: table.doses) { [$0["site"], $0["client"]] }
            .mapValues { rows in rows.compactMap { Day($0["dosed_on"] ?? "")?.number }.sorted() }
        let gaps = days.values.flatMap { own in zip(own, own.dropFirst()).map { $1 - $0 - 1 } }
        let (seven, fourteen, thirty) = (gaps.count { $0 >= 7 }, gaps.count { $0 >= 14 }, gaps.count { $0 >= 30 })
        let clientMonths = Double(table.doses.count) / 27
        #expect(fourteen * 5 < seven * 4 && thirty * 5 < fourteen * 4 && thirty > 20)
        #expect((0.02...0.10).contains(Double(seven) / clientMonths))
    }

    @Test("Those asked again say less of heroin and more of work, and about half are lost")
    func interviews() throws {
        let clients = table.assessments.filter { $0["role"] == "client" }
        func yes(_ instrument: String, _ visit: String) -> (yes: Int, all: Int) {
            let asked = clients.filter {
                $0["instrument"] == instrument && $0["visit_month"] == visit && $0["status"] == "done"
            }
            return (asked.count { $0["value"] == "1" }, asked.count)
        }
        let (before, after) = (yes("heroin_use", "0"), yes("heroin_use", "6"))
        #expect(before.yes * 10 > before.all * 8 && after.yes * 2 < after.all)
        #expect((0.35...0.60).contains(Double(after.all) / Double(before.all)))
        let (idle, working) = (yes("employment", "0"), yes("employment", "12"))
        #expect(Double(working.yes) / Double(working.all) > Double(idle.yes) / Double(idle.all) + 0.04)
        #expect(Double(working.yes) / Double(working.all) < 0.5)
    }

    @Test("Every clinic has providers, who answer twice a year while they work there")
    func providers() {
        let bySite = Dictionary(grouping: table.providers) { $0["site"] }
        #expect(bySite.count == scope.clinics.count)
        let working = bySite.values.map { $0.count { $0["withdrawn_on"]?.isEmpty == true } }
        #expect(working.allSatisfy { (4...24).contains($0) })
        let answers = table.assessments.filter { $0["role"] == "provider" }
        let terms = Dictionary(uniqueKeysWithValues: table.providers.map { ($0["participant"], $0) })
        #expect(terms.count == table.providers.count)
        #expect(
            answers.allSatisfy { answer in
                let (term, day) = (terms[answer["participant"]], answer["assessed_on"] ?? "")
                let left = term?["withdrawn_on"] ?? ""
                return (term?["enrolled_on"] ?? "9") < day && (left.isEmpty || day < left)
            })
        #expect(Set(answers.map { $0["assessed_on"]?.dropFirst(5).prefix(2) }) == ["05", "11"])
    }

    @Test("Every slip is in the files and in the README")
    func slipsAreThere() throws {
        let readme = String(decoding: programme.files.last?.bytes ?? [], as: UTF8.self)
        #expect(Set(programme.slips.map(\.kind)) == Set(SampleSlip.Kind.allCases))
        for slip in programme.slips {
            #expect(readme.contains(slip.kind.sentence) && readme.contains("\(slip.site) \(slip.month)"))
        }
        let lost = try #require(slips(.sheetsLost).first)
        #expect(
            !table.doses.contains { dose in
                dose["site"] == lost.site && Day(dose["dosed_on"] ?? "").map(lost.concerns) ?? false
            })
        let unsent = try #require(slips(.notYetSent).first)
        #expect(
            !(table.doses + table.tests).contains { row in
                row["site"] == unsent.site && (row["dosed_on"] ?? row["collected_on"] ?? "") >= unsent.month.firstDay
            })
        #expect(table.doses.count { Int($0["dose_mg"] ?? "") ?? 0 > 500 } == 1)
        let versions = Dictionary(grouping: table.episodes) { [$0["site"], $0["client"], $0["started_on"]] }
        let corrected = versions.values.filter { $0.count > 1 }
        #expect(corrected.map { $0.map { $0["exit_reason"] } } == [["dropout", "detained"]])
    }
}
