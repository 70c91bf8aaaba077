import Ingest

/// Who a client or provider is, as far as a register asks: drawn from a stream of the person's own, so that every clinic
/// that meets a client writes down the same.
struct SamplePerson {
    let sex: String
    let birthYear: Int
    /// Nil for what nobody has tested.
    let hasHIV: Bool?

    /// Clients: men mostly, in their thirties and forties; 6 % live with HIV (Zhuang et al. 2012, BMC Infectious Diseases
    /// 12:130, pooled over entrants to clinics in China).
    init(client number: Int, seed: UInt64, year: Int) {
        var random = SampleRandom(seed: seed, stream: -10_000_000 - number)
        sex = random.happens(0.84) ? "male" : "female"
        birthYear = year - Self.age(37, &random)
        hasHIV = random.happens(0.07) ? nil : random.happens(0.06)
    }

    init(providerOn day: Day, random: inout SampleRandom) {
        sex = random.happens(0.38) ? "male" : "female"
        birthYear = day.month.year - Self.age(38, &random)
        hasHIV = nil
    }

    private static func age(_ mean: Double, _ random: inout SampleRandom) -> Int {
        Int(min(max(mean + 8 * random.normal(), 20), 66))
    }
}
