import ArgumentParser
import Metrics

/// The trial that `mmt trial simulate` draws.
struct SimulatedDesignOptions: ParsableArguments {
    /// Designs by their number of clinics.
    enum Preset: String, ExpressibleByArgument, CaseIterable {
        case six = "6"
        case fourteen = "14"
        case pairs = "34-pairs"
        case sixtyEight = "68"
    }
    enum Outcome: String, ExpressibleByArgument, CaseIterable {
        case continuous, binary
    }

    @Option(help: "6 (3 against 3 clinics), 14, 34-pairs or 68 (default: 6).")
    var design: Preset?

    @Option(help: "Instead of --design: so many clinics, half of them treated.")
    var clusters: Int?

    @Option(help: "Instead of --design: so many pairs of clinics.")
    var pairs: Int?

    @Option(help: "Clients of a clinic, on average.")
    var size: Double = 30

    @Option(help: "Coefficient of variation of clinics' sizes.")
    var sizeVariation: Double = 0

    @Option(help: "Visits, three months apart, the first before the intervention; with 1 there is no baseline.")
    var visits: Int = 4

    @Option(help: "continuous (normal, variance 1) or binary.")
    var outcome: Outcome = .continuous

    @Option(help: "Of a binary outcome: the control arm's share of yes.")
    var share: Double = 0.25

    @Option(help: "Correlations of a clinic's clients at a visit (ICC), with commas between.")
    var icc: String = "0.01,0.05,0.10"

    @Option(help: "Correlation of a clinic's level between visits.")
    var clusterAutocorrelation: Double = 0.8

    @Option(help: "Correlation of a client's distance from the clinic between visits.")
    var clientAutocorrelation: Double = 0.5

    @Option(help: "Correlation of the levels of a pair's clinics.")
    var pairCorrelation: Double = 0

    @Option(help: "Treated less control: standard deviations, or a difference of shares; 0 shows type I errors.")
    var effect: Double = 0

    private var correlations: [Double] { icc.split(separator: ",").compactMap { Double($0) } }

    /// One for each correlation.
    var designs: [SimulatedDesign] {
        let preset: (clinics: Int, isPaired: Bool) =
            switch design ?? .six {
            case .six: (6, false)
            case .fourteen: (14, false)
            case .pairs: (68, true)
            case .sixtyEight: (68, false)
            }
        let isPaired = pairs != nil || (clusters == nil && preset.isPaired)
        return correlations.map { correlation in
            var drawn = SimulatedDesign(
                clinics: pairs.map { 2 * $0 } ?? clusters ?? preset.clinics, isPaired: isPaired,
                correlation: correlation)
            (drawn.size, drawn.sizeVariation, drawn.visits) = (size, sizeVariation, visits)
            drawn.outcome = outcome == .binary ? .binary(share: share) : .continuous
            drawn.clinicAutocorrelation = clusterAutocorrelation
            drawn.clientAutocorrelation = clientAutocorrelation
            (drawn.pairCorrelation, drawn.effect) = (pairCorrelation, effect)
            return drawn
        }
    }

    func validate() throws {
        guard [design != nil, clusters != nil, pairs != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--design, --clusters and --pairs exclude one another: give one.")
        }
        if let clusters { try within(4...1000, clusters, "--clusters") }
        if let pairs { try within(2...500, pairs, "--pairs") }
        try within(1...10_000, size, "--size")
        try within(0...5, sizeVariation, "--size-variation")
        try within(1...20, visits, "--visits")
        guard !correlations.isEmpty, correlations.count == icc.split(separator: ",").count,
            correlations.allSatisfy({ 0..<1 ~= $0 })
        else {
            throw ValidationError("--icc takes numbers from 0 to less than 1 with commas between, as in 0.01,0.05.")
        }
        try within(0...1, clusterAutocorrelation, "--cluster-autocorrelation")
        try within(0...1, clientAutocorrelation, "--client-autocorrelation")
        try within(0...1, pairCorrelation, "--pair-correlation")
        guard effect.isFinite else { throw ValidationError("--effect is a number.") }
        let shares = [share, share + effect]
        guard outcome == .continuous || shares.allSatisfy({ $0 > 0 && $0 < 1 }) else {
            throw ValidationError("--share, and --share with --effect added, lie between 0 and 1.")
        }
    }

    private func within<Number: Comparable>(_ range: ClosedRange<Number>, _ value: Number, _ name: String) throws {
        guard range.contains(value) else {
            throw ValidationError("\(name) is a number from \(range.lowerBound) to \(range.upperBound).")
        }
    }
}
