import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Clients who come back, against survfit of R", .enabled(if: Reference.hasOracle))
struct ReentryOracleTests {
    private func stretches() throws -> [StateOccupancy.Stretch] {
        let rows = try Reference.table("readmissions.csv")
        let states = ["in", "out", "dead"]
        let numbers = Dictionary(
            uniqueKeysWithValues: Set(rows.compactMap { $0["client"] }).enumerated().map { ($1, $0) })
        return try rows.map { row in
            StateOccupancy.Stretch(
                client: try #require(numbers[row["client"] ?? ""]), from: try #require(Double(row["from"] ?? "")),
                to: try #require(Double(row["to"] ?? "")),
                state: try #require(states.firstIndex(of: row["state"] ?? "")),
                next: states.firstIndex(of: row["ends"] ?? ""))
        }
    }

    @Test("States after re-entry agree with multi-state survfit")
    func states() throws {
        let stretches = try stretches()
        let occupancy = StateOccupancy(stretches, states: 3)
        let (value, tolerance) = try Reference.oracle("extra", "readm.occupancy")
        var agreement = Agreement(with: "extra.readm.occupancy", within: tolerance)
        for (row, time) in value["time"].numbers.enumerated() {
            let found = try #require(occupancy.value(at: time))
            agreement.expect(found.shares, value["p"]["data"].items[row].column, "at \(time)")
            agreement.expect(found.standardErrors, value["se"]["data"].items[row].column, "errors at \(time)")
        }
        agreement.conclude()
    }

    @Test("Dropouts per client agree with the robust cumulative hazard of survfit, first spells with its curve")
    func dropouts() throws {
        let people = Dictionary(grouping: try stretches(), by: \.client).values.map { own in
            MeanCumulativeCount.Person(
                end: own.map(\.to).max() ?? 0, events: own.filter { $0.next == 1 }.map(\.to))
        }
        let count = MeanCumulativeCount(Array(people))
        let (mean, exact) = try Reference.oracle("extra", "readm.mcf")
        var ofCount = Agreement(with: "extra.readm.mcf", within: exact)
        for (row, time) in mean["time"].numbers.enumerated() {
            ofCount.expect(count.value(at: time).count, mean["mcf"].numbers[row], "at \(time)")
            ofCount.expect(count.value(at: time).standardError, mean["se"].numbers[row], "error at \(time)")
        }
        ofCount.conclude()

        let first = try Reference.table("readmissions.csv").filter { $0["spell"] == "1" && $0["state"] == "in" }
            .compactMap { row in
                Spell(
                    exit: (Double(row["to"] ?? "") ?? .nan) - (Double(row["from"] ?? "") ?? .nan),
                    reason: row["ends"] == "censor" ? nil : 0)
            }
        try SurvivalAgreement.curve("extra", "readm.firstspell.km", ["all": RiskTable(first, reasons: 1)])
    }
}
