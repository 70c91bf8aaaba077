import Metrics

/// What `mmt trial simulate` found: for each correlation, what each method does.
struct SimulationReport: Encodable {
    struct Figure: Encodable {
        let value: Double
        let monteCarloError: Double

        init(_ figure: OperatingCharacteristics.Figure) {
            (value, monteCarloError) = (figure.value, figure.error)
        }
    }
    struct Row: Encodable {
        let method: String
        /// Share of data sets with p at most 0.05: type I error without an effect, else power.
        let rejected: Figure?
        let covered: Figure?
        let bias: Figure?
        /// Data sets without an estimate, by reason.
        let failures: [String: Int]

        init(_ found: OperatingCharacteristics) {
            method = found.method.name
            rejected = found.rejected.map(Figure.init)
            covered = found.covered.map(Figure.init)
            bias = found.bias.map(Figure.init)
            failures = Dictionary(uniqueKeysWithValues: found.failures.map { ($0.key.rawValue, $0.value) })
        }
    }
    struct Design: Encodable {
        let clinics: Int
        let isPaired: Bool
        let size, sizeVariation: Double
        let visits: Int
        let isBinary: Bool
        /// The control arm's, of a binary outcome.
        let share: Double?
        let clinicAutocorrelation, clientAutocorrelation, pairCorrelation, effect: Double

        init(_ design: SimulatedDesign) {
            (clinics, isPaired, visits) = (design.clinics, design.isPaired, design.visits)
            (size, sizeVariation) = (design.size, design.sizeVariation)
            share = if case .binary(let share) = design.outcome { share } else { nil }
            isBinary = share != nil
            clinicAutocorrelation = design.clinicAutocorrelation
            clientAutocorrelation = design.clientAutocorrelation
            (pairCorrelation, effect) = (design.pairCorrelation, design.effect)
        }
    }
    struct Block: Encodable {
        let correlation: Double
        let methods: [Row]
    }

    let sets: Int
    let seed: UInt64
    private(set) var design: Design?
    private(set) var correlations: [Block] = []

    init(sets: Int, seed: UInt64) { (self.sets, self.seed) = (sets, seed) }

    /// Another correlation of the same design.
    mutating func add(_ design: SimulatedDesign, _ found: [OperatingCharacteristics]) {
        self.design = Design(design)
        correlations.append(Block(correlation: design.correlation, methods: found.map(Row.init)))
    }
}
