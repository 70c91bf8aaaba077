/// One trial of a design.
///
/// A clinic and a client have normal scores at each visit, part of which stays from visit to visit. A continuous outcome is
/// their sum in the shares of the correlation. Of yes or no, the clinic's share is beta with the arm's mean at the score's
/// quantile, so that yes are beta-binomial with exactly the correlation that was asked for, and the client's score tells
/// whether it is among them.
extension SimulatedDesign {
    func trial(using draws: inout SplitMix) throws(TrialFailure) -> TrialRecord {
        let arms = (0..<clinics).map { TrialRecord.Clinic(isTreated: $0 % 2 == 1, stratum: isPaired ? $0 / 2 : 0) }
        var participants: [TrialRecord.Participant] = []
        var ofPair = 0.0
        for (place, clinic) in arms.enumerated() {
            if place % 2 == 0 { ofPair = draws.normal() }
            let level = Self.share(isPaired ? pairCorrelation : 0, ofPair, draws.normal())
            let values = (0..<visits).map { visit in
                clinicValue(
                    score: Self.share(clinicAutocorrelation, level, draws.normal()),
                    effect: clinic.isTreated && (visit > 0 || visits == 1) ? effect : 0)
            }
            for _ in 0..<drawnSize(using: &draws) {
                let own = draws.normal()
                let outcomes: [Double?] = values.map { value in
                    clientValue(score: Self.share(clientAutocorrelation, own, draws.normal()), clinic: value)
                }
                participants.append(TrialRecord.Participant(clinic: place, outcomes: outcomes))
            }
        }
        return try TrialRecord(
            clinics: arms, visits: (0..<visits).map { 3 * $0 }, isBinary: isBinary, participants: participants)
    }

    /// A normal score of which a share is common.
    private static func share(_ share: Double, _ common: Double, _ own: Double) -> Double {
        share.squareRoot() * common + (1 - share).squareRoot() * own
    }

    private func drawnSize(using draws: inout SplitMix) -> Int {
        guard sizeVariation > 0 else { return Int(size.rounded()) }
        let variance = Double.log(1 + sizeVariation * sizeVariation)
        return max(1, Int((size * .exp(variance.squareRoot() * draws.normal() - variance / 2)).rounded()))
    }

    /// What a clinic adds to its clients' outcomes, or the share of them who say yes.
    private func clinicValue(score: Double, effect: Double) -> Double {
        guard case .binary(let share) = outcome else { return correlation.squareRoot() * score + effect }
        let mean = share + effect
        guard correlation > 0, let rank = Normal.lowerTail(score) else { return mean }
        let others = (1 - correlation) / correlation
        return BetaFunctions.inverse(rank, a: mean * others, b: (1 - mean) * others) ?? mean
    }

    private func clientValue(score: Double, clinic: Double) -> Double {
        guard isBinary else { return clinic + (1 - correlation).squareRoot() * score }
        return (Normal.lowerTail(score) ?? 0.5) < clinic ? 1 : 0
    }
}

extension SplitMix {
    /// A stream of its own for each data set of a seed, whoever draws it.
    init(seed: UInt64, set: Int) {
        var (ofSeed, ofSet) = (SplitMix(state: seed), SplitMix(state: UInt64(set)))
        self.init(state: ofSeed.next() ^ ofSet.next())
    }

    /// A standard normal number, by the quantile of a uniform one.
    mutating func normal() -> Double {
        Normal.quantile((Double(next() >> 11) + 0.5) * 0x1p-53) ?? 0
    }
}
