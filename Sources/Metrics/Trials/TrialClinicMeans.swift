/// Methods that count clinics, not participants.
extension TrialAnalysis {
    /// A number for each clinic, what is left of its outcome after the participants' covariates: of a score the mean residual,
    /// of yes or no (O − E)/n, or ln(O/E) as a ratio.
    func clinicValues(ratio: Bool = false) throws(TrialFailure) -> (values: [Double], madeUp: Int) {
        let data = try observations(covariates)
        do throws(ClusterFailure) {
            guard record.isBinary else { return (try StageOne.residualMeans(data), 0) }
            let events = try StageOne.events(data)
            return ratio ? (events.map(\.logRatio), events.count(where: \.isMadeUp)) : (events.map(\.difference), 0)
        } catch { throw TrialFailure(error) }
    }

    func compared(_ method: TrialMethod) throws(TrialFailure) -> TrialEffect {
        guard method != .twoStageRatio || record.isBinary else { throw .otherScale }
        let (values, madeUp) = try clinicValues(ratio: method == .twoStageRatio)
        let clusters = zip(clinics, values).map { place, value in
            TrialCluster(
                value: value, isTreated: record.clinics[place].isTreated,
                stratum: record.isStratified ? record.clinics[place].stratum : 0)
        }
        do throws(ClusterFailure) {
            let test =
                method == .welch
                ? try ClusterComparison.welch(clusters, level: level)
                : try ClusterComparison.difference(clusters, level: level)
            var effect = TrialEffect(method, test, clinics: clusters.count, participants: counted.count)
            if madeUp > 0 { effect.notes.append(.madeUpEvents(clinics: madeUp)) }
            return effect
        } catch { throw TrialFailure(error) }
    }

    /// The same clinics' numbers over every allocation that could have been drawn; the interval holds the effects that the
    /// test does not reject.
    func permuted() throws(TrialFailure) -> TrialEffect {
        let (values, _) = try clinicValues()
        let randomisation = try record.randomisation(of: clinics)
        var generator = SplitMix(state: seed)
        do throws(ClusterFailure) {
            let test = try PermutationTest(values, randomisation, using: &generator)
            let limits = try test.limits(level: level)
            var effect = TrialEffect(
                method: .permutation, estimate: test.difference, lower: limits.lower, upper: limits.upper, level: level,
                p: test.p, standardError: nil, degrees: nil, clinics: values.count, participants: counted.count)
            if test.p <= test.smallestP * (1 + 1e-9) { effect.notes.append(.smallestP(test.smallestP)) }
            if limits.interval == nil { effect.notes.append(.unbounded) }
            if !test.isExact { effect.notes.append(.sampled) }
            return effect
        } catch { throw TrialFailure(error) }
    }
}

/// Reproducible draws: SplitMix64 (Steele, Lea & Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
