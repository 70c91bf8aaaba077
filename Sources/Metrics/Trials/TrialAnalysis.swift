/// A trial's effect at one visit, by any method: the difference of arms, adjusted for the outcome at baseline and for
/// covariates, within pairs or strata where clinics were drawn within them.
public struct TrialAnalysis: Sendable {
    /// Of whoever is missing at the visit and was there at baseline.
    public enum Missing: Equatable, Sendable {
        case leftOut
        /// Counts as yes: of drug use, who does not come is taken to use.
        case countsAsYes
        /// Of the treated: the mean of their arm at the visit, and so much more.
        case shifted(Double)
    }

    public let record: TrialRecord
    /// The place of the visit among `record.visits`.
    public let visit: Int
    /// Those mixed models that have baseline among their outcomes take no notice.
    public let adjustsForBaseline: Bool
    public let level: Double
    /// What random draws begin from, where there are too many allocations to look at each.
    public let seed: UInt64
    /// Participants who count: measured at the visit and, where it adjusts for it, at baseline.
    public let counted: [TrialRecord.Participant]
    /// The clinics that have somebody who counts, by their places.
    let clinics: [Int]
    /// For each clinic of the record, columns that tell strata apart, all but the first: what was randomised within is
    /// adjusted for.
    private let strataColumns: [[Double]]

    /// - Parameter visit: Months since baseline; nil: the last one.
    public init(
        _ record: TrialRecord, visit: Int? = nil, adjustsForBaseline: Bool = true, level: Double = 0.95,
        seed: UInt64 = 20_261_123
    ) throws(TrialFailure) {
        guard let place = visit.map({ record.visits.firstIndex(of: $0) }) ?? record.visits.indices.last,
            place > 0 || !adjustsForBaseline
        else { throw .noMeasurements }
        (self.record, self.visit, self.adjustsForBaseline) = (record, place, adjustsForBaseline)
        (self.level, self.seed) = (level, seed)
        counted = record.participants.filter {
            $0.outcomes[place] != nil && (!adjustsForBaseline || $0.outcomes[0] != nil)
        }
        clinics = Set(counted.map(\.clinic)).sorted()
        let strata = record.isStratified ? Set(clinics.map { record.clinics[$0].stratum }).sorted().dropFirst() : []
        strataColumns = record.clinics.map { clinic in strata.map { clinic.stratum == $0 ? 1 : 0 } }
    }

    public func effect(_ method: TrialMethod) -> Result<TrialEffect, TrialFailure> {
        do throws(TrialFailure) {
            guard !counted.isEmpty else { throw .noMeasurements }
            var effect =
                switch method {
                case .twoStage, .welch, .twoStageRatio: try compared(method)
                case .permutation: try permuted()
                case .mixedModel, .mixedModelVisits, .mixedModelBaseline, .mixedModelPublished: try mixed(method)
                case .logisticMixedModel, .logisticOddsRatio: try logistic(method)
                case .estimatingEquations: try equations()
                case .wildBootstrap: try bootstrapped()
                }
            if clinics.count < record.clinics.count {
                effect.notes.append(.clinicsWithoutData(record.clinics.count - clinics.count))
            }
            return .success(effect)
        } catch {
            return .failure(error)
        }
    }

    /// Each participant's covariates: baseline if it adjusts for it, then the planned ones.
    func covariates(of who: TrialRecord.Participant) -> [Double] {
        (adjustsForBaseline ? [who.outcomes[0] ?? 0] : []) + who.covariates
    }

    func strata(of clinic: Int) -> [Double] { strataColumns[clinic] }

    /// Degrees of freedom that clinics leave for the difference of arms.
    var degrees: Double { Double(clinics.count - 2 - (strataColumns.first?.count ?? 0)) }

    /// Who counts, clinic by clinic, with columns of covariates in front of the outcome.
    func observations(_ covariates: (TrialRecord.Participant) -> [Double]) throws(TrialFailure) -> ClusteredObservations
    {
        let rows = counted.map(covariates)
        do throws(ClusterFailure) {
            return try ClusteredObservations(
                clusters: counted.map(\.clinic),
                covariates: (rows.first ?? []).indices.map { column in rows.map { $0[column] } },
                outcomes: .each(counted.compactMap { $0.outcomes[visit] }))
        } catch { throw TrialFailure(error) }
    }
}
