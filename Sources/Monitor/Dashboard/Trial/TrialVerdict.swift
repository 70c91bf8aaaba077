import Metrics

/// Whether the methods beside the planned one agree with it, in one word.
enum TrialVerdict: String {
    /// The planned interval leaves out no effect, and so do all others, on the same side.
    case clear
    /// The planned one does, and not all others do.
    case clearAlone = "clear_alone"
    /// Neither the planned one nor any other.
    case unclear
    /// Others do and the planned one does not: it counts.
    case unclearAlone = "unclear_alone"
    /// The planned method has no estimate.
    case none

    struct Count {
        let all: Int
        /// Clear, and on the side of the planned estimate.
        let clear: Int
    }

    static func of(
        _ planned: Result<TrialEffect, TrialFailure>, others: [Result<TrialEffect, TrialFailure>]
    ) -> (verdict: TrialVerdict, count: Count) {
        guard case .success(let effect) = planned else { return (.none, Count(all: 0, clear: 0)) }
        let told = others.compactMap { try? $0.get() }.filter { !$0.method.isTooBold }
        let clear = told.count { $0.isClear && $0.isMore == effect.isMore }
        let count = Count(all: told.count, clear: clear)
        if effect.isClear { return (clear == told.count ? .clear : .clearAlone, count) }
        return (
            told.contains(where: \.isClear) ? .unclearAlone : .unclear,
            Count(all: told.count, clear: told.count(where: \.isClear))
        )
    }
}
