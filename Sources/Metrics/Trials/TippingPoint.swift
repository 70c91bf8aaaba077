/// How the missing of the treated would have to have fared for the interval to hold no effect (White, Carpenter & Horton 2018).
public enum TippingPoint: Equatable, Sendable {
    /// So far from the mean of the others of their arm, in the outcome's unit, the missing of the control arm lying at the
    /// mean of theirs; 0 where the effect is lost with the missing of both arms at their means.
    case shift(Double)
    /// No shift that was looked at does it; of yes or no, none that there could be.
    case none
    /// The interval holds no effect as it is.
    case unclear
    /// All who were treated and were there before were measured.
    case nobodyMissing
    /// The method has no estimate as it is, or none with numbers between yes and no in it.
    case notEstimable(TrialFailure)
}

extension TrialAnalysis {
    /// - Parameter most: The largest shift that is looked at, in the outcome's unit; shares stay between 0 and 1 all the same.
    public func tippingPoint(_ method: TrialMethod, most: Double) -> TippingPoint {
        let planned: TrialEffect
        switch effect(method) {
        case .failure(let reason): return .notEstimable(reason)
        case .success(let effect): planned = effect
        }
        guard planned.isClear else { return .unclear }
        guard isAnyTreatedMissing else { return .nobodyMissing }
        let isMore = planned.isMore
        let sign = isMore ? -1.0 : 1
        func isLost(_ size: Double) -> Bool {
            guard case .success(let effect) = effect(method, missing: .shifted(sign * size)) else { return true }
            return !effect.isClear || effect.isMore != isMore
        }
        if case .failure(let reason) = effect(method, missing: .shifted(0)) { return .notEstimable(reason) }
        if isLost(0) { return .shift(0) }
        let room = record.isBinary ? min(most, isMore ? armMeans.treated : 1 - armMeans.treated) : most
        guard isLost(room) else { return .none }
        var (near, far) = (0.0, room)
        while far - near > 1e-4 * room {
            let middle = (near + far) / 2
            if isLost(middle) { far = middle } else { near = middle }
        }
        return .shift(sign * far)
    }

    private var isAnyTreatedMissing: Bool {
        record.participants.contains {
            record.clinics[$0.clinic].isTreated && $0.outcomes[visit] == nil && $0.outcomes[0] != nil
        }
    }
}
