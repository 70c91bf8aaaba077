/// A method whose operating characteristics are looked at.
public enum SimulatedMethod: Hashable, CaseIterable, Sendable {
    case plain(PlainMethod)
    case trial(TrialMethod)

    public static let allCases = PlainMethod.allCases.map(plain) + TrialMethod.allCases.map(trial)

    /// In JSON, and on the command line.
    public var name: String {
        switch self {
        case .plain(let method): "plain_\(method.rawValue)"
        case .trial(let method): method.rawValue
        }
    }

    /// All that a design allows: some models need a visit before the intervention.
    public static func all(_ design: SimulatedDesign) -> [SimulatedMethod] {
        let needBaseline: [TrialMethod] = [
            .mixedModel, .mixedModelVisits, .mixedModelBaseline, .mixedModelPublished,
        ]
        let own = TrialMethod.all(binary: design.isBinary).filter { design.visits > 1 || !needBaseline.contains($0) }
        return PlainMethod.allCases.map(Self.plain) + own.map(Self.trial)
    }

    var isRatio: Bool {
        if case .trial(let method) = self { method.isRatio } else { false }
    }

    /// The true effect on the method's scale, ratios in logarithms.
    ///
    /// - Returns: nil for the odds ratio within a clinic where there is an effect: trials of yes or no are drawn with the
    ///   effect on shares, so that it is not one number.
    func truth(_ design: SimulatedDesign) -> Double? {
        guard isRatio, design.effect != 0 else { return design.effect }
        guard self == .trial(.twoStageRatio), case .binary(let share) = design.outcome else { return nil }
        return .log((share + design.effect) / share)
    }
}

/// What a method said of one data set.
struct SimulatedAnswer: Sendable {
    let isRejected: Bool
    let isCovered: Bool?
    /// Estimate less truth.
    let error: Double?

    init(estimate: Double, lower: Double?, upper: Double?, isRejected: Bool, truth: Double?) {
        self.isRejected = isRejected
        isCovered = truth.map { (lower ?? -.infinity) <= $0 && $0 <= (upper ?? .infinity) }
        error = truth.map { estimate - $0 }
    }
}
