/// What the effect would be if something were otherwise.
extension TrialAnalysis {
    /// The record with values in the place of those that are missing at the visit of participants who were there at baseline.
    public func record(_ missing: Missing) -> TrialRecord {
        guard missing != .leftOut else { return record }
        var changed = record
        let means = armMeans
        changed.participants = record.participants.map { who in
            guard who.outcomes[visit] == nil, who.outcomes[0] != nil else { return who }
            var outcomes = who.outcomes
            let isTreated = record.clinics[who.clinic].isTreated
            switch missing {
            case .leftOut: break
            case .countsAsYes: outcomes[visit] = 1
            case .shifted(let shift):
                outcomes[visit] = (isTreated ? means.treated : means.control) + (isTreated ? shift : 0)
            }
            return TrialRecord.Participant(clinic: who.clinic, outcomes: outcomes, covariates: who.covariates)
        }
        return changed
    }

    /// Mean of who was measured at the visit, by arm.
    var armMeans: (treated: Double, control: Double) {
        func mean(_ isTreated: Bool) -> Double {
            let own = record.participants.compactMap { who in
                record.clinics[who.clinic].isTreated == isTreated ? who.outcomes[visit] : nil
            }
            return own.isEmpty ? 0 : own.reduce(0, +) / Double(own.count)
        }
        return (mean(true), mean(false))
    }

    private func again(_ record: TrialRecord, isBinary: Bool? = nil, _ method: TrialMethod) -> Result<
        TrialEffect, TrialFailure
    > {
        do throws(TrialFailure) {
            let changed = try TrialRecord(
                clinics: record.clinics, visits: record.visits, isBinary: isBinary ?? record.isBinary,
                participants: record.participants)
            return try TrialAnalysis(
                changed, visit: record.visits[visit], adjustsForBaseline: adjustsForBaseline, level: level, seed: seed
            ).effect(method)
        } catch { return .failure(error) }
    }

    /// The effect with missing values taken otherwise.
    public func effect(_ method: TrialMethod, missing: Missing) -> Result<TrialEffect, TrialFailure> {
        // Means in the place of yes or no are not yes or no: clinics' shares follow from them all the same.
        if case .shifted = missing { return again(record(missing), isBinary: false, method) }
        return again(record(missing), method)
    }

    /// The effect without the adjustment for baseline.
    public func unadjusted(_ method: TrialMethod) -> Result<TrialEffect, TrialFailure> {
        do throws(TrialFailure) {
            return try TrialAnalysis(
                record, visit: record.visits[visit], adjustsForBaseline: false, level: level, seed: seed
            ).effect(method)
        } catch { return .failure(error) }
    }

    /// The effect without each clinic, by its place.
    public func withoutEach(_ method: TrialMethod) -> [Result<TrialEffect, TrialFailure>] {
        record.clinics.indices.map { again(record.without(clinic: $0), method) }
    }
}
