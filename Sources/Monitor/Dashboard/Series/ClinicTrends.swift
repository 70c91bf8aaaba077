import Ingest
import Metrics

/// Each clinic's signals and trends of the indicators that it is called by.
///
/// So many trends side by side call some by chance: each indicator's are judged together (Benjamini & Hochberg 1995).
struct ClinicTrends {
    let counts: PageCounts
    /// Each clinic's indicators, by its number.
    let series: [Int: [IndicatorSeries]]
    let month: Month

    /// Called at this share of false calls.
    static let falseShare = 0.05

    struct Entry {
        let series: IndicatorSeries
        let signal: SpecialCause?
        let finding: SeriesTrend.Finding?
        /// p, judged with those of all clinics.
        var q: Double?
    }

    /// By indicator, in the order of the sites.
    func judged() -> [[String: Entry]] {
        var entries = counts.sites.map(entries)
        for indicator in CallFirst.indicators {
            let p = entries.map { $0[indicator]?.finding?.p }
            for (index, q) in FalseDiscovery.benjaminiHochberg(p).enumerated() { entries[index][indicator]?.q = q }
        }
        return entries
    }

    private func entries(_ site: Site) -> [String: Entry] {
        let provisional = Set(counts.settling.provisional(site: site.id).keys)
        return Dictionary(
            uniqueKeysWithValues: (series[site.id] ?? []).map { series in
                let trend = SeriesTrend(series, upTo: month, without: provisional)
                return (
                    series.definition.indicator,
                    Entry(series: series, signal: series.signal(month), finding: try? trend?.finding.get())
                )
            })
    }
}
