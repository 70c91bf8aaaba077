/// What clients are asked on entry and after 6 and 12 months, in the order of the answers.
///
/// Shares on entry and later are believable, and those for crime and work take their shape from Sun et al. 2015, BMJ Open
/// 5:e005997 (crime 9.9 % on entry, 3.4 % after 6 months; work 26.4 and 41.6 %), with less of a change. None is an estimate.
enum SampleBehaviour: String, CaseIterable, Sendable {
    case heroinUse = "heroin_use"
    case injecting, sharing, offending, employment

    static let visitMonths = [6, 12]

    /// Probability of yes on entry; later of those who said yes, and of those who said no. Sharing is asked of those who
    /// inject.
    private var probabilities: (onEntry: Double, stillYes: Double, newlyYes: Double) {
        switch self {
        case .heroinUse: (0.95, 0.36, 0.15)
        case .injecting: (0.60, 0.34, 0.03)
        case .sharing: (0.20, 0.55, 0.10)
        case .offending: (0.11, 0.34, 0.02)
        case .employment: (0.26, 0.78, 0.12)
        }
    }

    static func onEntry(use: Double, _ random: inout SampleRandom) -> [Bool] {
        answers(use: use, &random) { $0.probabilities.onEntry }
    }

    /// Some more find work in the second half of the year; whoever uses most changes least.
    static func later(
        than before: [Bool], month: Int, use: Double, _ random: inout SampleRandom
    ) -> [Bool] {
        answers(use: use, &random) { behaviour in
            let said = before[allCases.firstIndex(of: behaviour) ?? 0]
            let usual = said ? behaviour.probabilities.stillYes : behaviour.probabilities.newlyYes
            return behaviour == .employment && !said && month > 6 ? usual * 1.5 : usual
        }
    }

    private static func answers(
        use: Double, _ random: inout SampleRandom, _ probability: (SampleBehaviour) -> Double
    ) -> [Bool] {
        var answers: [Bool] = []
        for behaviour in allCases {
            let tendency = behaviour == .employment ? 1 : use < 1 ? 0.85 : use > 1 ? 1.25 : 1
            let saysYes = random.happens(min(probability(behaviour) * tendency, 0.98))
            answers.append(behaviour == .sharing ? saysYes && answers[answers.count - 1] : saysYes)
        }
        return answers
    }
}
