import Metrics

/// What a clinic is held beside.
enum Comparator: String, Sendable, CaseIterable {
    /// All other clinics, those of its region, those of like size, and what the programme means to reach.
    case programme, region, peers, target
}

/// A clinic beside others: how many times their rate, or how far from their proportion; with its 95 % interval.
struct Beside: Sendable, Equatable {
    let point: Double
    let low: Double
    let high: Double
}

/// Holds each clinic beside the others without itself: who is part of what he is compared with looks more like it.
struct Comparators {
    private let definition: Definition
    private let cells: [Cell]
    private let target: Double?
    /// Of each clinic, the group under each comparator that has groups.
    private let groups: [Comparator: [Int?]]
    private var sums: [Comparator: [Int: Sum]] = [:]

    private struct Sum {
        var numerator = 0.0
        var denominator = 0.0
        var sites = 0
    }

    init(_ definition: Definition, _ compared: ComparedMonth, _ cells: [Cell]) {
        (self.definition, self.cells) = (definition, cells)
        target = compared.targets[definition.indicator]
        let regions = Array(Set(compared.sites.map(\.regionCode))).sorted()
        let number = Dictionary(uniqueKeysWithValues: zip(regions, regions.indices))
        groups = [
            .programme: compared.sites.map { _ in 0 }, .region: compared.sites.map { number[$0.regionCode] },
            .peers: compared.sites.map { compared.peers[$0.id] },
        ]
        for (comparator, members) in groups {
            for (group, cell) in zip(members, cells) {
                guard let group, let figure = cell.estimate else { continue }
                sums[comparator, default: [:]][group, default: Sum()].numerator += figure.numerator
                sums[comparator, default: [:]][group, default: Sum()].denominator += figure.denominator
                sums[comparator, default: [:]][group, default: Sum()].sites += 1
            }
        }
    }

    /// A clinic beside each; none where there is no other, or no figure.
    func beside(_ index: Int) -> [Comparator: Beside] {
        guard let figure = cells[index].estimate else { return [:] }
        var beside: [Comparator: Beside] = [:]
        for (comparator, members) in groups {
            guard let group = members[index], let sum = sums[comparator]?[group], sum.sites > 1 else { continue }
            beside[comparator] = difference(
                figure,
                Sum(numerator: sum.numerator - figure.numerator, denominator: sum.denominator - figure.denominator))
        }
        beside[.target] = target.flatMap { fromTarget(figure, $0) }
        return beside
    }

    private func difference(_ figure: Estimate.Value, _ others: Sum) -> Beside? {
        let estimate =
            definition.kind == .rate
            ? RateRatio.exact(
                events: figure.numerator, exposure: figure.denominator, comparedEvents: others.numerator,
                comparedExposure: others.denominator)
            : ProportionDifference.newcombe(
                successes: figure.numerator, trials: figure.denominator, comparedSuccesses: others.numerator,
                comparedTrials: others.denominator)
        guard let value = estimate.value, let interval = value.interval else { return nil }
        return Beside(
            point: value.point * definition.shownPer, low: interval.lower * definition.shownPer,
            high: interval.upper * definition.shownPer)
    }

    /// A target is known without error, so the clinic's own interval is all there is.
    private func fromTarget(_ figure: Estimate.Value, _ target: Double) -> Beside? {
        guard let interval = figure.interval, definition.kind != .rate || target > 0 else { return nil }
        let shown = [figure.point, interval.lower, interval.upper].map { value in
            definition.kind == .rate ? value / target : value * definition.shownPer - target
        }
        return Beside(point: shown[0], low: shown[1], high: shown[2])
    }
}
