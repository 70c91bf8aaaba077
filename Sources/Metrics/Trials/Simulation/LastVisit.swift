/// The last visit of a trial, for all plain methods; the mixed model is fitted once.
struct LastVisit {
    private let clinics: [Int]
    private let arms: [Double]
    private let outcomes: [Double]
    private let fit: Result<LinearMixedModel, MixedModelFailure>

    init(_ record: TrialRecord) {
        let seen = record.participants.filter { ($0.outcomes.last ?? nil) != nil }
        clinics = seen.map(\.clinic)
        arms = seen.map { record.clinics[$0.clinic].isTreated ? 1 : 0 }
        outcomes = seen.compactMap { $0.outcomes.last ?? nil }
        let rows = MixedModelRows(
            outcome: outcomes, fixed: [Array(repeating: 1, count: arms.count), arms], clusters: clinics)
        do throws(MixedModelFailure) {
            fit = .success(try LinearMixedModel(MixedStatistics(rows), .clusterOnly))
        } catch { fit = .failure(error) }
    }

    func estimate(_ method: PlainMethod) throws(TrialFailure) -> PlainEstimate {
        switch method {
        // A clinic for each client.
        case .leastSquares: try compared(zip(outcomes, arms).map { TrialCluster(value: $0, isTreated: $1 == 1) })
        case .clusterMeans: try compared(means)
        case .wald: try mixed(.satterthwaite, degrees: .infinity)
        case .satterthwaite: try mixed(.satterthwaite)
        case .kenwardRoger: try mixed(.kenwardRoger)
        }
    }

    private var means: [TrialCluster] {
        let byClinic = Dictionary(grouping: clinics.indices) { clinics[$0] }
        return byClinic.keys.sorted().map { clinic in
            let rows = byClinic[clinic] ?? []
            let sum = rows.reduce(0.0) { $0 + outcomes[$1] }
            return TrialCluster(value: sum / Double(rows.count), isTreated: arms[rows[0]] == 1)
        }
    }

    private func compared(_ values: [TrialCluster]) throws(TrialFailure) -> PlainEstimate {
        do throws(ClusterFailure) {
            let test = try ClusterComparison.difference(values)
            return PlainEstimate(
                estimate: test.estimate, standardError: test.standardError, degrees: test.degrees)
        } catch { throw TrialFailure(error) }
    }

    private func mixed(_ method: DegreesMethod, degrees: Double? = nil) throws(TrialFailure) -> PlainEstimate {
        let model: LinearMixedModel
        switch fit {
        case .success(let found): model = found
        case .failure(let reason): throw TrialFailure(reason)
        }
        guard let test = model.contrast([0, 1], degrees: method) else { throw .notComputable }
        return PlainEstimate(
            estimate: test.estimate, standardError: test.standardError, degrees: degrees ?? test.degrees)
    }
}
