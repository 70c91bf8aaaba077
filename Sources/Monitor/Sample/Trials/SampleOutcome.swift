/// What a trial measures: on whom, on which scale, and what the intervention does to it in this simulation.
struct SampleOutcome {
    let code: String
    let role: String
    /// nil: yes or no; else the highest score.
    let most: Int?
    let mean: Double
    /// Standard deviations between clinics, between people of a clinic, and between visits of one person.
    let clinics, people, visits: Double
    /// What the intervention adds, and what time alone adds at each visit; on the logit scale for yes or no.
    let effect, drift: Double

    static let all = [
        SampleOutcome(
            code: "drug_use", role: "client", most: nil, mean: -0.2, clinics: 0.25, people: 1.1, visits: 0,
            effect: -0.6,
            drift: -0.06),
        SampleOutcome(
            code: "self_efficacy", role: "client", most: 80, mean: 52, clinics: 1.6, people: 7, visits: 5, effect: 3.2,
            drift: 0.4),
        SampleOutcome(
            code: "knowledge", role: "provider", most: 20, mean: 12.6, clinics: 0.6, people: 2, visits: 1.3, effect: 2,
            drift: 0.2),
        SampleOutcome(
            code: "interaction", role: "provider", most: 60, mean: 41, clinics: 1.4, people: 4, visits: 3, effect: 4,
            drift: 0.2),
        SampleOutcome(
            code: "support", role: "provider", most: 50, mean: 30, clinics: 1.5, people: 4, visits: 3, effect: 2.6,
            drift: 0),
        // Moved by nothing, and not in the plan: what is found there is exploratory.
        SampleOutcome(
            code: "stigma", role: "provider", most: 45, mean: 24, clinics: 1.2, people: 5, visits: 3.5, effect: -0.3,
            drift: 0),
    ]

    /// - Parameters:
    ///   - clinic, person: standard normal, the same at each visit.
    func value(
        clinic: Double, person: Double, visit: Int, isTreated: Bool, _ random: inout SampleRandom
    ) -> Int {
        let level =
            mean + clinics * clinic + people * person + drift * Double(visit) + (isTreated && visit > 0 ? effect : 0)
        guard let most else { return random.happens(1 / (1 + exponential(-level))) ? 1 : 0 }
        return min(max(Int((level + visits * random.normal()).rounded()), 0), most)
    }
}
