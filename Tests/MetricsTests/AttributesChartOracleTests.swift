import Testing

@testable import Metrics

/// Skipped in a clone without ../shared/oracle, which prints the reason.
@Suite("p and u charts against R's larger set", .enabled(if: Reference.hasOracle))
struct AttributesChartOracleTests {
    @Test("u charts of exits per caseload, with Laney's limits and run rules")
    func rates() throws {
        try compare("spc.u", ("u", "exits", "caseload")) { numerators, denominators, limits in
            RateChart.u(numerators: numerators, denominators: denominators, limits: limits)
        }
    }

    @Test("p charts of positive urine tests, with Laney's ratio and run rules")
    func proportions() throws {
        try compare("spc.p", ("p", "positives", "tests")) { numerators, denominators, limits in
            ProportionChart.p(numerators: numerators, denominators: denominators, limits: limits)
        }
    }

    private func compare(
        _ id: String, _ names: (value: String, numerator: String, denominator: String),
        _ chart: ([Double?], [Double?], ControlChart.Limits) -> Result<ControlChart, Unavailable>
    ) throws {
        let (cases, tolerance) = try Reference.oracle("spc", id)
        let table = try Reference.table("series.csv")
        var agreement = Agreement(with: id, within: tolerance)
        for (site, expected) in cases.members {
            let clinic = ClinicSeries(site, in: table)
            let numerators = clinic.column(names.numerator, over: names.denominator)
            let denominators = clinic.column(names.denominator, over: names.denominator)
            let result = chart(numerators, denominators, .shewhart)
            guard let centre = expected["centre"].number, centre > 0, names.value == "u" || centre < 1 else {
                // R draws limits without width here; we refuse.
                #expect(result == .failure(.noVariation))
                continue
            }
            let plain = try result.get()
            agreement.expect(plain.points[0]?.centre, centre, "\(site) centre")
            agreement.expect(plain.sigmaZ, expected["sigma_z"].number, "\(site) sigma_z")
            agreement.expect(plain.series(\.value), expected[names.value].column, "\(site) value")
            agreement.expect(plain.series(\.lower), expected["lcl"].column, "\(site) lcl")
            agreement.expect(plain.series(\.upper), expected["ucl"].column, "\(site) ucl")
            agreement.expect(plain.series(\.z), expected["z"].column, "\(site) z")
            let rules = expected["rules"]
            agreement.expect(plain.positions(of: .beyondLimits), rules["r1_beyond3"].column, "\(site) rule 1")
            agreement.expect(plain.positions(of: .run), rules["r2b_eight_same_side"].column, "\(site) 8 in a row")
            compareLaney(&agreement, expected, zip(numerators, denominators).map { ($0 ?? 0, $1 ?? 0) })
        }
        agreement.conclude()
    }

    /// R's Laney limits are neither floored at σ_z = 1 nor exact for small counts; its p case has none.
    private func compareLaney(_ agreement: inout Agreement, _ expected: JSON, _ months: [(Double, Double)]) {
        guard let centre = expected["centre"].number, let sigmaZ = expected["sigma_z"].number else { return }
        let limits = AttributesLimits(model: .poisson, centre: centre, exact: false, stretch: sigmaZ)
        for (index, pair) in zip(expected["lcl_laney"].column, expected["ucl_laney"].column).enumerated() {
            let point = limits.point(MonthlyCount(numerator: months[index].0, denominator: months[index].1))
            agreement.expect(point.lower, pair.0, "lcl_laney[\(index)]")
            agreement.expect(point.upper, pair.1, "ucl_laney[\(index)]")
        }
    }
}
