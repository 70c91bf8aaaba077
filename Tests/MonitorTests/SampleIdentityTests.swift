import Ingest
import Testing

@testable import Monitor

@Suite("The sample's identities")
struct SampleIdentityTests {
    /// Calls the check with each sound row that stands at the end.
    private func forEachSound(_ check: (SampleTable.Row, SampleTable.Row?, Int) throws -> Void) throws {
        let programme = try SampleFixture.programme.get()
        let table = try SampleFixture.table.get()
        let spoiled = SampleFixture.spoiled(programme)
        func sound(_ site: String, _ month: Month) -> SampleTable.Row? {
            let key = SampleTable.Key(site: site, month: month.description)
            return spoiled.contains(key) ? nil : table.versions[key]?.last
        }
        var count = 0
        for clinic in programme.clinics {
            for index in 0..<48 {
                let month = programme.firstMonth + index
                guard let row = sound(clinic.site, month) else { continue }
                try check(row, sound(clinic.site, month - 1), month.days)
                count += 1
            }
        }
        #expect(count > 3100)
    }

    @Test("Closing is opening with admissions less exits, and opening is the last closing")
    func stockAndFlow() throws {
        try forEachSound { row, earlier, _ in
            let opening = try #require(row[.opening])
            let admissions = SampleColumn.admissions.reduce(0) { $0 + (row[$1] ?? 0) }
            let exits = SampleColumn.exits.reduce(0) { $0 + (row[$1] ?? 0) }
            #expect(row[.closing] == opening + admissions - exits, "\(row.site) \(row.month)")
            if let earlier { #expect(opening == earlier[.closing], "\(row.site) \(row.month)") }
        }
    }

    @Test("No part is over its whole")
    func bounds() throws {
        try forEachSound { row, _, days in
            func value(_ column: SampleColumn) throws -> Int { try #require(row[column]) }
            let served = try value(.opening) + value(.new) + value(.readmitted) + value(.transferredIn)
            let chains: [[Int]] = [
                [try value(.on60mg), try value(.onMaintenance), try value(.clientsDosed), served],
                [try value(.testsPositive), try value(.testsDone), try value(.testsScheduled)],
                [try value(.clientsPositive), try value(.clientsTested), try value(.testsDone)],
                [try value(.clientsPositive), try value(.testsPositive)],
                [try value(.clientsTested), served],
                [try value(.clientDays), try value(.clientsDosed) * days],
                [try value(.exitDied), SampleColumn.exits.reduce(0) { $0 + (row[$1] ?? 0) }],
            ]
            for chain in chains { #expect(chain == chain.sorted(), "\(row.site) \(row.month) \(chain)") }
            #expect(row.cells.allSatisfy { (Int($0) ?? -1) >= 0 }, "\(row.site) \(row.month)")
        }
    }

    @Test("Cohorts are the admissions of 3, 6 and 12 months before, their parts add up, and exits never fall")
    func cohorts() throws {
        let programme = try SampleFixture.programme.get()
        let blocks: [(months: Int, entered: SampleColumn)] = [
            (3, .cohort3Entered), (6, .cohort6Entered), (12, .cohort12Entered),
        ]
        for counts in programme.history.counts {
            for index in counts.indices {
                for block in blocks {
                    guard let now = counts[index] else { continue }
                    let parts = (1...5).compactMap { SampleColumn(rawValue: block.entered.rawValue + $0) }
                    #expect(parts.reduce(0) { $0 + now[$1] } == now[block.entered])
                    guard index >= block.months, let entry = counts[index - block.months] else { continue }
                    #expect(now[block.entered] == entry[.new])
                    let since = counts[index - block.months...index]
                    for (offset, exit) in [(2, SampleColumn.exitDropout), (3, .exitTransferred), (4, .exitDied)] {
                        let left = since.reduce(0) { $0 + ($1?[exit] ?? 0) }
                        #expect(now[parts[offset - 1]] <= left)
                    }
                    #expect(now[parts[0]] <= now[.closing])
                }
                guard index >= 9, let three = counts[index - 9], let six = counts[index - 6], let twelve = counts[index]
                else { continue }
                #expect(three[.cohort3Dropout] <= six[.cohort6Dropout])
                #expect(six[.cohort6Dropout] <= twelve[.cohort12Dropout])
            }
        }
    }

    @Test("Reported cohort blocks add up in every sound row")
    func reportedCohorts() throws {
        try forEachSound { row, _, _ in
            for entered in [SampleColumn.cohort3Entered, .cohort6Entered, .cohort12Entered] {
                let block = row.cells[entered.rawValue...(entered.rawValue + 5)].compactMap(Int.init)
                #expect(block.count == 6 && block.dropFirst().reduce(0, +) == block[0], "\(row.site) \(row.month)")
            }
        }
    }

    @Test("Nobody is transferred in who was not transferred out a month before")
    func transfers() throws {
        let history = try SampleFixture.programme.get().history
        for index in 1..<48 {
            let arrived = history.counts.reduce(0) { $0 + ($1[index]?[.transferredIn] ?? 0) }
            let left = history.counts.reduce(0) { $0 + ($1[index - 1]?[.exitTransferred] ?? 0) }
            #expect(arrived <= left && arrived * 2 >= left)
        }
    }
}
