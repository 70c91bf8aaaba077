/// Tails of a month where the others had no event at all, or nothing but events.
///
/// That k events all fall into this month has probability s^k, s being its share of the whole exposure (Przyborowski &
/// Wilenski 1940); for proportions this is slightly too large. `StillBaseline` is the same for control charts.
struct StillTail: CountTails {
    let share: Double
    /// The trials, if the other months had nothing but events: then the non-events are counted.
    let ceiling: Double?

    func atMost(_ k: Double) -> Double? {
        guard let ceiling else { return 1 }
        return chance(ceiling - k)
    }

    func atLeast(_ k: Double) -> Double? {
        guard let ceiling else { return chance(k) }
        return k > ceiling ? 0 : 1
    }

    /// s^k = I_s(k, 1).
    private func chance(_ k: Double) -> Double? {
        k <= 0 ? 1 : BetaFunctions.regularised(share, a: k, b: 1)
    }
}
