import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("Reasons for leaving against survfit and cmprsk of R", .enabled(if: Reference.hasOracle))
struct CompetingReasonsOracleTests {
    @Test("Cumulative incidence agrees with Aalen–Johansen by hand, of all and by site")
    func competing() throws {
        let (incident, all) = (try SurvivalData.incident(), try SurvivalData.episodes())
        for (id, rows) in [("aj.overall.delta", incident), ("aj.trunc.delta", all)] {
            let (value, tolerance) = try Reference.oracle("survival", id)
            try SurvivalAgreement.incidence("survival.\(id)", value, tolerance, CumulativeIncidence(rows.table()))
        }
        let (sites, tolerance) = try Reference.oracle("survival", "aj.site.dropout365")
        var agreement = Agreement(with: "survival.aj.site.dropout365", within: tolerance)
        let bySite = incident.grouped(by: "site")
        for (index, site) in sites["site"].items.enumerated() {
            let incidence = CumulativeIncidence(try #require(bySite[site.text ?? ""]).table())
            let value = incidence.value(reason: 0, at: 365)
            agreement.expect(value.share, sites["cif"].column[index], "\(site)")
            agreement.expect(value.standardError, sites["se"].column[index], "error of \(site)")
        }
        agreement.conclude()
    }

    @Test("Cumulative incidence agrees with survfit's jackknife and cuminc, Gray's test of the sites with cuminc")
    func packages() throws {
        let incident = try SurvivalData.incident()
        let (states, exact) = try Reference.oracle("survival", "aj.overall.survfit")
        var ofStates = Agreement(with: "survival.aj.overall.survfit", within: exact)
        let incidence = CumulativeIncidence(incident.table())
        for (row, time) in states["time"].numbers.enumerated() {
            let values = (0..<5).map { incidence.value(reason: $0, at: time) }
            ofStates.expect(
                values.map(\.share), Array(states["pstate"]["data"].items[row].column.dropFirst()), "at \(time)")
            ofStates.expect(
                values.map(\.standardError), Array(states["se"]["data"].items[row].column.dropFirst()), "\(time)")
        }
        ofStates.conclude()

        // The variance that cmprsk prints is another one (Aalen 1978); survfit's and the delta method's are above.
        let (cuminc, same) = try Reference.oracle("survival", "aj.overall.cuminc")
        var ofShares = Agreement(with: "survival.aj.overall.cuminc", within: same)
        for reason in 0..<5 {
            let shares = cuminc["est"]["cols"].items.map { time in
                incidence.value(reason: reason, at: time.text.flatMap(Double.init) ?? .nan).share
            }
            ofShares.expect(shares, cuminc["est"]["data"].items[reason].column, "reason \(reason)")
        }
        ofShares.conclude()

        let (gray, close) = try Reference.oracle("survival", "gray.sites")
        let groups = incident.grouped(by: "site").filter { $0.value.count >= 30 }.sorted { $0.key < $1.key }.map {
            $0.value.table()
        }
        try SurvivalAgreement.gray("survival.gray.sites", GrayTest(groups, reason: 0), gray, close)
    }
}
