/// How a trial's ratio of hazards is estimated; the raw string is its name in JSON and the key of its words.
public enum HazardMethod: String, CaseIterable, Sendable {
    /// Cox model with a baseline hazard for each pair or stratum, errors by clinic.
    case pairedCox = "paired_cox"
    /// Cox model with a gamma frailty of each clinic, strata not looked at.
    case frailty
    /// Logarithms of clinics' rates, arm against arm within strata, t test.
    case rates
}

/// How fast participants of the arms come to an event, as a ratio of hazards: clinics are the units of chance.
public struct TrialHazards: Sendable {
    /// Each with its clinic as cluster, its pair or stratum as stratum, and the arm as first covariate, 1 for treated.
    public let subjects: [CoxSubject]
    public let level: Double

    public init(_ subjects: [CoxSubject], level: Double = 0.95) { (self.subjects, self.level) = (subjects, level) }

    public var events: Int { subjects.count(where: \.hasEvent) }
    /// Clinics with a participant.
    public var clinics: Int { Set(subjects.compactMap(\.cluster)).count }

    /// The logarithm of the ratio.
    public func effect(_ method: HazardMethod) -> Result<EffectTest, TrialFailure> {
        do throws(TrialFailure) {
            guard !subjects.isEmpty, subjects.allSatisfy({ $0.cluster != nil && !$0.covariates.isEmpty }) else {
                throw .misshapen
            }
            let arms = Set(subjects.map { $0.covariates[0] })
            guard arms == [0, 1] else { throw .emptyArm }
            guard events > 0 else { throw .noEvents }
            switch method {
            case .pairedCox: return .success(try cox())
            case .frailty: return .success(try frailty())
            case .rates: return .success(try rates())
            }
        } catch { return .failure(error) }
    }

    /// The effect without each clinic in turn, in the order of their numbers.
    public func withoutEach(_ method: HazardMethod) -> [(cluster: Int, effect: Result<EffectTest, TrialFailure>)] {
        Set(subjects.compactMap(\.cluster)).sorted().map { cluster in
            (cluster, TrialHazards(subjects.filter { $0.cluster != cluster }, level: level).effect(method))
        }
    }

    private func cox() throws(TrialFailure) -> EffectTest {
        switch CoxRegression.fit(subjects) {
        case .failure(let reason): throw TrialFailure(reason)
        case .success(let fit):
            do throws(ClusterFailure) {
                var effect = try fit.clusteredEffect(of: 0, level: level)
                effect.search = fit.search
                return effect
            } catch {
                throw TrialFailure(error)
            }
        }
    }

    private func frailty() throws(TrialFailure) -> EffectTest {
        let loose = subjects.map {
            CoxSubject(
                entry: $0.entry, exit: $0.exit, hasEvent: $0.hasEvent, covariates: $0.covariates, cluster: $0.cluster)
        }
        do throws(ClusterFailure) {
            let fit = try GammaFrailty(loose)
            var effect = try fit.effect(of: 0, level: level)
            effect.search = fit.search
            return effect
        } catch {
            throw TrialFailure(error)
        }
    }

    private func rates() throws(TrialFailure) -> EffectTest {
        let clinics = Dictionary(grouping: subjects) { $0.cluster ?? 0 }.sorted { $0.key < $1.key }.map(\.value)
        let clusters = clinics.compactMap { own -> TrialCluster? in
            let time = own.reduce(0) { $0 + $1.exit - max(0, $1.entry) }
            let rate = LogEvents.rate(events: Double(own.count(where: \.hasEvent)), time: time)
            return rate.map {
                TrialCluster(value: $0, isTreated: own[0].covariates[0] == 1, stratum: own[0].stratum)
            }
        }
        do throws(ClusterFailure) { return try ClusterComparison.difference(clusters, level: level) } catch {
            throw TrialFailure(error)
        }
    }
}

extension TrialFailure {
    init(_ reason: Unavailable) {
        self =
            switch reason {
            case .separated: .separated
            case .noVariation, .alike: .noVariation
            case .impossibleCounts, .invalidLevel: .misshapen
            case .notComputable: .notComputable
            default: .noEvents
            }
    }
}
