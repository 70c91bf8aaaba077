import Ingest

/// A simulated cluster-randomised trial of an intervention like MMT CARE: which clinics, in which arms, over which months.
///
/// Sizes, visits and pairing take their shape from Li et al. 2013 (Addiction) and from NCT01760720. What the intervention
/// does here is this simulation's own, and estimates nothing.
struct SampleTrial {
    struct Cluster {
        let clinic: SampleClinic
        let isIntervention: Bool
        let pair: String?
        let clients: Int
        let providers: Int
    }

    let code: String
    let name: String
    let nameChinese: String
    let design: String
    /// Clinics asked, and those that were not eligible or declined.
    let assessed: Int
    let excluded: Int
    let starts: Month
    let visits: [Int]
    /// Whether the clinics hand in what their dispensaries saw of the participants.
    let hasDoses: Bool
    private(set) var clusters: [Cluster] = []

    var lastVisit: Int { visits.last ?? 0 }
    var ends: Day { (starts + lastVisit + 1).last }

    static let groupSessions = 3
    static let interviews = 2

    static func all(_ programme: SampleProgramme) -> [SampleTrial] {
        [pilot(programme), full(programme)]
    }

    /// Six clinics of middling size in one province, three of them drawn, in the year before the programme's first report:
    /// so nobody holds the records of the participants alone against a report of all clients.
    private static func pilot(_ programme: SampleProgramme) -> SampleTrial {
        var random = SampleRandom(seed: programme.seed, stream: -21)
        let steady = programme.clinics.filter { $0.region.code == SampleRegion.all[0].code && $0.course == .steady }
        let chosen = steady.sorted { abs($0.size - 180) < abs($1.size - 180) }.prefix(6).sorted { $0.index < $1.index }
        let drawn = Set(random.shuffled(Array(chosen.indices)).prefix(chosen.count / 2))
        var trial = SampleTrial(
            code: "CARE-PILOT", name: "MMT CARE pilot (simulated)", nameChinese: "美沙酮门诊关怀预试验（模拟）",
            design: "parallel", assessed: min(9, steady.count), excluded: min(9, steady.count) - chosen.count,
            starts: programme.firstMonth - 12, visits: [0, 3, 6, 9], hasDoses: true)
        // 179 clients and 41 providers.
        trial.clusters = chosen.enumerated().map { place, clinic in
            Cluster(
                clinic: clinic, isIntervention: drawn.contains(place), pair: nil, clients: place < 5 ? 30 : 29,
                providers: place < 5 ? 7 : 6)
        }
        return trial
    }

    /// All clinics that are open, in pairs of like size within a province; what is left over makes a pair across provinces.
    private static func full(_ programme: SampleProgramme) -> SampleTrial {
        var random = SampleRandom(seed: programme.seed, stream: -22)
        let start = programme.months - 26
        let open = programme.clinics.filter { $0.isOpen(at: start) && $0.isOpen(at: start - 1) }
        var trial = SampleTrial(
            code: "CARE", name: "MMT CARE (simulated)", nameChinese: "美沙酮门诊关怀试验（模拟）", design: "paired",
            assessed: programme.clinics.count, excluded: programme.clinics.count - open.count / 2 * 2,
            starts: programme.firstMonth + start, visits: [0, 6, 12, 18, 24], hasDoses: false)
        var pairs: [[SampleClinic]] = []
        var leftOver: [SampleClinic] = []
        for region in SampleRegion.all {
            let bySize = open.filter { $0.region.code == region.code }.sorted {
                ($0.size, $0.index) < ($1.size, $1.index)
            }
            let middle = bySize.count % 2 == 0 ? nil : bySize.count / 2
            if let middle { leftOver.append(bySize[middle]) }
            let even = bySize.indices.filter { $0 != middle }.map { bySize[$0] }
            pairs += stride(from: 0, to: even.count, by: 2).map { Array(even[$0..<$0 + 2]) }
        }
        pairs += stride(from: 0, to: leftOver.count - 1, by: 2).map { Array(leftOver[$0..<$0 + 2]) }
        for (number, pair) in pairs.enumerated() {
            let isFirst = random.happens(0.5)
            for (place, clinic) in pair.enumerated() {
                trial.clusters.append(
                    Cluster(
                        clinic: clinic, isIntervention: (place == 0) == isFirst,
                        pair: "P\(Month.twoDigits(number + 1))", clients: min(36, Int(clinic.size * 0.6) + 1),
                        providers: min(6, Int(clinic.size / 12) + 1)))
            }
        }
        trial.clusters.sort { $0.clinic.index < $1.clinic.index }
        return trial
    }
}
