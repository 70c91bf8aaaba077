/// Risk sets of subjects whose log hazard is a regression plus a number of their cluster's own: the same sums as
/// `RiskSets` keeps, but that a cluster's mark is 1 in one place only.
struct FrailtySums {
    private let subjects: [CoxSubject]
    /// Subjects of each stratum, by falling exit and by falling entry.
    private let strata: [(byExit: [Int], byEntry: [Int])]
    private let clusters: [Int]
    private let covariates: Int
    private let order: Int

    /// - Parameter subjects: Each with its cluster, from 0.
    init(_ subjects: [CoxSubject], clusters count: Int) {
        self.subjects = subjects
        clusters = subjects.map { $0.cluster ?? 0 }
        covariates = subjects.first?.covariates.count ?? 0
        order = covariates + count
        strata = Dictionary(grouping: subjects.indices) { subjects[$0].stratum }.sorted { $0.key < $1.key }.map {
            (
                $0.value.sorted { subjects[$0].exit > subjects[$1].exit },
                $0.value.sorted { subjects[$0].entry > subjects[$1].entry }
            )
        }
    }

    /// Log partial likelihood with its derivatives by β and then by each cluster's number; ties as Efron (1977) has them.
    func derivatives(_ coefficients: [Double]) -> CoxRegression.Derivatives {
        let predictors = subjects.indices.map { index in
            (0..<covariates).reduce(coefficients[covariates + clusters[index]]) {
                $0 + subjects[index].covariates[$1] * coefficients[$1]
            }
        }
        var found = CoxRegression.Derivatives(
            score: Array(repeating: 0, count: order), information: SymmetricMatrix(order: order))
        for index in subjects.indices where subjects[index].hasEvent {
            found.logLikelihood += predictors[index]
            for column in 0..<covariates { found.score[column] += subjects[index].covariates[column] }
            found.score[covariates + clusters[index]] += 1
        }
        let risks = predictors.map { Double.exp($0) }
        var information = Array(repeating: 0.0, count: order * order)
        for stratum in strata {
            sweep(stratum, risks) { risk, tied, gone in risk.take(gone, of: tied, from: &found, &information) }
        }
        for row in 0..<order {
            for column in 0...row { found.information[row, column] = information[row * order + column] }
        }
        return found
    }

    /// From the last event time to the first, each risk set with those tied and the share of them that has left it.
    private func sweep(
        _ stratum: (byExit: [Int], byEntry: [Int]), _ risks: [Double], _ body: (inout Risk, Risk, Double) -> Void
    ) {
        var (risk, tied) = (Risk(covariates, order), Risk(covariates, order))
        var (leaving, entering) = (0, 0)
        while leaving < stratum.byExit.count {
            let time = subjects[stratum.byExit[leaving]].exit
            var events = 0
            while leaving < stratum.byExit.count, subjects[stratum.byExit[leaving]].exit == time {
                let index = stratum.byExit[leaving]
                risk.add(risks[index], subjects[index].covariates, clusters[index])
                if subjects[index].hasEvent {
                    if events == 0 { tied.clear() }
                    tied.add(risks[index], subjects[index].covariates, clusters[index])
                    events += 1
                }
                leaving += 1
            }
            // Who enters at this time or later is not at risk at it.
            while entering < stratum.byEntry.count, subjects[stratum.byEntry[entering]].entry >= time {
                let index = stratum.byEntry[entering]
                risk.add(-risks[index], subjects[index].covariates, clusters[index])
                entering += 1
            }
            for place in 0..<events { body(&risk, tied, Double(place) / Double(events)) }
        }
    }
}

extension FrailtySums {
    /// Sums over those at risk: of e^η, of x e^η with the clusters' marks after x, and of x times these.
    private struct Risk {
        private let covariates: Int
        private var total = 0.0
        private var first: [Double]
        /// Covariates × (covariates and clusters); of marks times marks `first` holds all there is.
        private var second: [Double]
        private var mean: [Double]

        init(_ covariates: Int, _ order: Int) {
            self.covariates = covariates
            first = Array(repeating: 0, count: order)
            mean = first
            second = Array(repeating: 0, count: covariates * order)
        }

        mutating func clear() {
            total = 0
            for index in first.indices { first[index] = 0 }
            for index in second.indices { second[index] = 0 }
        }

        mutating func add(_ weight: Double, _ x: [Double], _ cluster: Int) {
            total += weight
            first[covariates + cluster] += weight
            for row in 0..<covariates {
                let weighted = weight * x[row]
                first[row] += weighted
                second[row * first.count + covariates + cluster] += weighted
                for column in 0..<covariates { second[row * first.count + column] += weighted * x[column] }
            }
        }

        /// Takes the mean of the risk set less a share of those tied from the derivatives.
        mutating func take(
            _ gone: Double, of tied: Risk, from found: inout CoxRegression.Derivatives, _ information: inout [Double]
        ) {
            let order = first.count
            let total = total - gone * tied.total
            found.logLikelihood -= .log(total)
            for index in 0..<order {
                mean[index] = (first[index] - gone * tied.first[index]) / total
                found.score[index] -= mean[index]
            }
            for row in 0..<covariates {
                for column in 0..<order {
                    let place = max(row, column) * order + min(row, column)
                    let product = (second[row * order + column] - gone * tied.second[row * order + column]) / total
                    if column >= covariates || column <= row { information[place] += product }
                }
            }
            for index in covariates..<order { information[index * order + index] += mean[index] }
            mean.withUnsafeBufferPointer { mean in
                information.withUnsafeMutableBufferPointer { information in
                    for row in 0..<order {
                        let own = mean[row]
                        for column in 0...row { information[row * order + column] -= own * mean[column] }
                    }
                }
            }
        }
    }
}
