import Ingest
import Metrics
import Postgres

/// What a roll-out's page is made from, read in one transaction, with small numbers already hidden.
struct RolloutReading: Sendable {
    let rollout: Rollout
    let cut: DataCut
    /// What it can be judged by: figures of one month with a numerator and a denominator.
    let definitions: [Definition]
    /// The indicator that is shown.
    let definition: Definition
    let clinics: [RolloutClinic]
    /// The place of the clinic whose series is shown.
    let chosen: Int
    /// By place among the clinics.
    let counts: [[Month: Count]]

    /// What a page is asked for: nil is the indicator that was fixed beforehand, and the first clinic to begin.
    struct Wanted: Sendable {
        var indicator: String?
        var site: String?
    }

    /// Nil where there is no such roll-out, or the reader has no clinic of it.
    /// - Throws: `UnknownRolloutIndicator`, `UnknownRolloutSite`.
    init?(
        _ code: String, _ wanted: Wanted, _ counts: Counts, _ disclosure: Disclosure,
        _ connection: borrowing Connection
    ) throws {
        guard let rollout = try counts.rollouts(code, connection).first else { return nil }
        let definitions = try counts.definitions(connection).filter { $0.kind != .count && $0.windowMonths == 1 }
        if let indicator = wanted.indicator, !definitions.contains(where: { $0.indicator == indicator }) {
            throw UnknownRolloutIndicator(indicator: indicator)
        }
        let named = wanted.indicator ?? rollout.indicator
        guard let definition = definitions.first(where: { $0.indicator == named }) ?? definitions.first else {
            return nil
        }
        let clinics = try counts.rolloutClinics(rollout, connection)
        if let site = wanted.site, !clinics.contains(where: { $0.code == site }) {
            throw UnknownRolloutSite(site: site)
        }
        (self.rollout, self.definitions, self.definition, self.clinics) = (rollout, definitions, definition, clinics)
        chosen = clinics.firstIndex { $0.code == wanted.site } ?? 0
        cut = try counts.dataCut(.programme, connection)
        let series = try counts.rolloutSeries(rollout, indicator: definition.indicator, connection)
        self.counts = clinics.map { clinic in (series[clinic.id] ?? [:]).mapValues(disclosure.applied) }
    }

    var months: [Month] { cut.months }
    var standing: RolloutStanding { RolloutStanding(rollout, definition.indicator) }

    /// Months since an origin that is a January.
    static func number(_ month: Month) -> Int { month - Month.first }
    static func month(_ number: Int) -> Month { Month.first + number }

    /// Counts as the estimators take them; nil without any month.
    var record: RolloutRecord? {
        guard let first = months.first, let last = months.last else { return nil }
        let sites = zip(clinics, counts).map { clinic, counts in
            RolloutRecord.Site(
                start: clinic.starts.map(Self.number), phaseInMonths: clinic.phaseInMonths,
                numerators: months.map { counts[$0]?.numerator }, denominators: months.map { counts[$0]?.denominator })
        }
        let measure: RolloutRecord.Measure =
            switch definition.kind {
            case .proportion: .proportion
            case .mean: .mean
            case .rate, .count: .rate
            }
        return RolloutRecord(months: Self.number(first)..<Self.number(last) + 1, sites: sites, measure: measure)
    }

    /// Each clinic's interrupted series.
    var forest: SiteForest {
        SiteForest(
            zip(clinics, counts).map { clinic, counts in
                SiteForest.Site(
                    series: MonthlySeries(
                        months: months.map { Double(Self.number($0)) },
                        numerators: months.map { counts[$0]?.numerator },
                        denominators: months.map { counts[$0]?.denominator }),
                    start: clinic.starts.map { Double(Self.number($0)) },
                    phaseIn: .leftOut(months: clinic.phaseInMonths))
            }, quantity: .effect(afterMonths: Double(Self.monthsAfter)))
    }

    /// Months of full work after which a clinic's effect is told.
    static let monthsAfter = 12
}
