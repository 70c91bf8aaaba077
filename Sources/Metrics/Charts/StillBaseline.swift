/// Limits after a baseline without any event, or with nothing but events.
///
/// The centre is 0 and the usual limits have no width. How many events would still be chance follows from the
/// exact test of two rates given their sum (Przyborowski & Wilenski 1940): with no event in the baseline, k events
/// all fall into this month with probability s^k, s being its share of the whole exposure. For proportions this
/// is slightly wide. After nothing but events the centre is 1 and the same holds for the non-events.
struct StillBaseline {
    let model: CountModel
    let pooled: MonthlyCount

    func point(_ month: MonthlyCount) -> ControlChart.Point {
        let centre = pooled.ratio
        let whole = month.denominator
        let away = limit(share: whole / (whole + pooled.denominator))
        return ControlChart.Point(
            value: month.ratio, centre: centre,
            lower: centre == 0 ? 0 : max(0, whole - away) / whole,
            upper: centre == 0 ? min(model.ceiling, away / whole) : 1,
            z: month.ratio == centre ? 0 : nil, side: .of(month.ratio, around: centre))
    }

    /// The largest count that is still chance: one more has probability s^(k+1) = I_s(k + 1, 1) below the tail.
    ///
    /// Infinite if the baseline is nothing beside the month: then no number is beyond chance.
    private func limit(share: Double) -> Double {
        FirstCount.meeting { k in
            BetaFunctions.regularised(share, a: k + 1, b: 1).map { $0 <= AttributesLimits.tail } ?? false
        } ?? .infinity
    }
}
