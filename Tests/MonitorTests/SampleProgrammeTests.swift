import Ingest
import Testing

@testable import Monitor

/// One programme of full size, made once for all the tests.
enum SampleFixture {
    static let seed: UInt64 = 20_260_715
    static let programme = Result { try SampleProgramme(seed: seed, lastMonth: Month(2025, 12)) }
    static let table = programme.map { SampleTable($0.files) }

    /// Site-months whose counts are wrong on purpose.
    static func spoiled(_ programme: SampleProgramme) -> Set<SampleTable.Key> {
        Set(
            programme.faults.filter(\.kind.spoilsCounts).map { fault in
                SampleTable.Key(site: fault.site ?? "", month: fault.month.description)
            })
    }
}

@Suite("The sample programme")
struct SampleProgrammeTests {
    private func small(seed: UInt64) throws -> [SampleFile] {
        try SampleProgramme(seed: seed, clinics: 20, months: 30, lastMonth: Month(2024, 6)).files
    }

    @Test("The same seed gives the same bytes")
    func sameSeed() throws {
        let (one, other) = (try small(seed: 7), try small(seed: 7))
        #expect(one.map(\.name) == other.map(\.name))
        let haveSameBytes = one.map(\.bytes) == other.map(\.bytes)
        #expect(haveSameBytes)
    }

    @Test("Another seed gives other bytes")
    func otherSeed() throws {
        let differ = try small(seed: 7).map(\.bytes) != small(seed: 8).map(\.bytes)
        #expect(differ)
    }

    @Test("xoshiro256** agrees with its published reference for the state 1, 2, 3, 4")
    func generator() {
        var random = SampleRandom(state: (1, 2, 3, 4))
        #expect([random.next(), random.next(), random.next()] == [11520, 0, 1_509_978_240])
    }

    @Test("It has 68 clinics in five provinces, 48 months, a registry first and a README last")
    func size() throws {
        let programme = try SampleFixture.programme.get()
        let table = try SampleFixture.table.get()
        #expect(table.sites.count == 68)
        #expect(Set(table.sites.map { $0["region"] }).count == 5)
        #expect(Set(table.sites.map { $0["name"] }).count == 68)
        #expect(table.sites.allSatisfy { $0["provenance"] == "simulated" })
        #expect(programme.files.first?.name == "sites.csv")
        #expect(programme.files.last?.name == "README.txt")
        let firstSubmissions = programme.files.filter {
            $0.name.hasPrefix("20") && $0.name.split(separator: "_").count == 2
        }
        #expect(firstSubmissions.count == 5 * 48)
        #expect(Set(programme.files.map(\.name)).count == programme.files.count)
        #expect(table.rows.allSatisfy { $0.cells.count == SampleColumn.allCases.count })
        #expect(SampleHeaders.english.count == SampleColumn.allCases.count + 3)
        #expect(SampleHeaders.chinese.count == SampleHeaders.english.count)
    }

    @Test("One province writes GB18030 with Chinese headers, and the README says that all is simulated")
    func encodings() throws {
        let files = try SampleFixture.programme.get().files
        let chinese = files.filter { $0.name.contains("_yunze") }
        // 门诊编码, as every GB18030 table has it.
        let siteCode: [UInt8] = [0xC3, 0xC5, 0xD5, 0xEF, 0xB1, 0xE0, 0xC2, 0xEB]
        #expect(chinese.count >= 48 && chinese.allSatisfy { $0.bytes.starts(with: siteCode) })
        #expect(files[0].bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let readme = String(decoding: files.last?.bytes ?? [], as: UTF8.self)
        #expect(readme.hasPrefix("A SIMULATED") && readme.contains("seed: 20260715"))
    }

    @Test("A programme too small for its faults, or without a month, is refused")
    func refusals() {
        #expect(throws: SampleError.clinicsOutOfRange(3)) {
            try SampleProgramme(seed: 1, clinics: 3, lastMonth: Month(2025, 12))
        }
        #expect(throws: SampleError.monthsOutOfRange(12)) {
            try SampleProgramme(seed: 1, months: 12, lastMonth: Month(2025, 12))
        }
        #expect(throws: SampleError.monthOutOfRange(Month(2051, 1))) {
            try SampleProgramme(seed: 1, lastMonth: Month(2051, 1))
        }
    }
}
