/// What a cluster-randomised trial recorded of one outcome: clinics with their arms, participants with what was measured
/// at each visit.
public struct TrialRecord: Equatable, Sendable {
    public struct Clinic: Equatable, Sendable {
        public let isTreated: Bool
        /// The pair or stratum within which it was randomised; one number for all where there was none.
        public let stratum: Int

        public init(isTreated: Bool, stratum: Int = 0) { (self.isTreated, self.stratum) = (isTreated, stratum) }
    }

    public struct Participant: Equatable, Sendable {
        /// The clinic's place among `clinics`.
        public let clinic: Int
        /// One for each visit; nil where there is none. Of yes or no 1 or 0.
        public let outcomes: [Double?]
        /// The same ones, in one order, for all participants.
        public let covariates: [Double]

        public init(clinic: Int, outcomes: [Double?], covariates: [Double] = []) {
            (self.clinic, self.outcomes, self.covariates) = (clinic, outcomes, covariates)
        }
    }

    public let clinics: [Clinic]
    /// Months since baseline, rising; the first is before the intervention.
    public let visits: [Int]
    public let isBinary: Bool
    public var participants: [Participant]

    /// - Throws: `misshapen` for lengths that do not agree, clinics that do not exist, or numbers that are not finite;
    ///   `emptyArm` where one arm has no clinic.
    public init(
        clinics: [Clinic], visits: [Int], isBinary: Bool, participants: [Participant]
    ) throws(TrialFailure) {
        let covariates = participants.first?.covariates.count ?? 0
        let isWhole = participants.allSatisfy { who in
            clinics.indices.contains(who.clinic) && who.outcomes.count == visits.count
                && who.covariates.count == covariates && who.covariates.allSatisfy(\.isFinite)
                && who.outcomes.allSatisfy { value in
                    value.map { $0.isFinite && (!isBinary || $0 == 0 || $0 == 1) } ?? true
                }
        }
        guard isWhole, !visits.isEmpty, zip(visits, visits.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .misshapen
        }
        guard clinics.contains(where: \.isTreated), clinics.contains(where: { !$0.isTreated }) else { throw .emptyArm }
        (self.clinics, self.visits, self.isBinary, self.participants) = (clinics, visits, isBinary, participants)
    }

    /// Whether clinics were drawn within strata or pairs.
    public var isStratified: Bool { Set(clinics.map(\.stratum)).count > 1 }

    /// From the smallest to the largest outcome.
    public var range: Double {
        let values = participants.lazy.flatMap(\.outcomes).compactMap(\.self)
        guard let low = values.min(), let high = values.max() else { return 0 }
        return high - low
    }

    /// The same without one clinic; its place stays, without participants.
    public func without(clinic: Int) -> TrialRecord {
        var record = self
        record.participants.removeAll { $0.clinic == clinic }
        return record
    }

    /// How the arms were drawn.
    public func randomisation(of places: [Int]) throws(TrialFailure) -> Randomisation {
        do throws(ClusterFailure) {
            return try Randomisation(
                isTreated: places.map { clinics[$0].isTreated },
                strata: isStratified ? places.map { clinics[$0].stratum } : nil)
        } catch { throw TrialFailure(error) }
    }
}
