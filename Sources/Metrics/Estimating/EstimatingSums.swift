/// Sums by cluster at given coefficients; arrays are made once and written over at each step.
///
/// Each V⁻¹ is in closed form, so that a pass costs rows × columns²: with exchangeable correlation
/// R⁻¹ = (I − α/(1 + (n − 1)α) 11ᵀ)/(1 − α), with autoregression differences from the observation before.
struct EstimatingSums {
    let data: ClusteredObservations
    let model: MeanModel
    private var working: WorkingCorrelation
    let denominators: EstimatingEquations.Denominators
    private let lags: LagSums?

    /// Σ (y − μ)/√V of each row, √V and (dμ/dη)/√V of each of its members, and Σ (y − μ)²/V of all.
    private var residuals: [Double]
    private var deviations: [Double]
    private var slopes: [Double]
    private var squares = 0.0
    private var smallestVariance = Double.infinity

    private(set) var correlation = 0.0
    /// Whether the correlation came out as one that no members of a cluster can have, so that none is assumed.
    private(set) var isCorrelationImpossible = false
    private(set) var dispersion = 1.0
    private(set) var score: [Double]
    private(set) var information: SymmetricMatrix
    private(set) var scores: [Double]
    private(set) var informations: [Double]

    init(
        _ data: ClusteredObservations, _ model: MeanModel, _ working: WorkingCorrelation,
        _ denominators: EstimatingEquations.Denominators
    ) {
        (self.data, self.model, self.working, self.denominators) = (data, model, working, denominators)
        lags = working == .autoregressive ? LagSums(data) : nil
        let p = data.columns
        residuals = Array(repeating: 0, count: data.rows)
        (slopes, deviations) = (residuals, residuals)
        score = Array(repeating: 0, count: p)
        information = SymmetricMatrix(order: p)
        scores = Array(repeating: 0, count: p * data.clusterCount)
        informations = Array(repeating: 0, count: p * p * data.clusterCount)
    }

    /// Whether the rows are such as the working correlation needs.
    var isFeasible: Bool { working != .autoregressive || lags != nil }

    /// Whether anything is left of the outcomes but their rounding.
    var varies: Bool {
        let size = model == .linear ? data.sums.reduce(0) { max($0, $1 * $1) } : 1
        return squares > 1e-28 * size * Double(data.rows)
    }

    /// A fitted mean on the very edge of what is possible.
    var isSeparated: Bool { model != .linear && smallestVariance < 1e-9 }

    /// Each row as the weighted regression has it at the coefficients last evaluated.
    var workingRows: WorkingRows {
        WorkingRows(
            columns: data.columns, design: data.design, slopes: zip(slopes, deviations).map { $0 * $1 },
            sizes: data.sizes, bounds: data.bounds, weights: deviations.map { 1 / ($0 * $0) },
            residuals: zip(residuals, data.sizes).map { $0 / $1 })
    }

    /// Works out residuals, dispersion, correlation and the sums of every cluster.
    mutating func evaluate(_ coefficients: [Double]) {
        standardise(coefficients)
        estimateMoments()
        let largest = data.members.max() ?? 1
        if correlation >= 1 || working == .exchangeable && 1 + (largest - 1) * correlation <= 0 {
            // For good, or the search could go to and fro.
            (working, correlation, isCorrelationImpossible) = (.independence, 0, true)
        }
        let p = data.columns
        for column in 0..<p { score[column] = 0 }
        information = SymmetricMatrix(order: p)
        for cluster in 0..<data.clusterCount {
            if working == .autoregressive { addDifferences(of: cluster) } else { addExchangeable(cluster) }
            for a in 0..<p {
                score[a] += scores[cluster * p + a]
                for b in 0...a {
                    informations[(cluster * p + b) * p + a] = informations[(cluster * p + a) * p + b]
                    information[a, b] += informations[(cluster * p + a) * p + b]
                }
            }
        }
    }

    private mutating func standardise(_ coefficients: [Double]) {
        let p = data.columns
        (squares, smallestVariance) = (0, .infinity)
        for row in 0..<data.rows {
            var predictor = 0.0
            for column in 0..<p { predictor += data.design[row * p + column] * coefficients[column] }
            let moments = model.moments(at: predictor)
            let (mean, deviation) = (moments.mean, moments.variance.squareRoot())
            residuals[row] = (data.sums[row] - data.sizes[row] * mean) / deviation
            slopes[row] = moments.slope / deviation
            deviations[row] = deviation
            // About the row's own mean, as squares of the values themselves would lose digits.
            let distance = residuals[row] * residuals[row] / data.sizes[row]
            squares += distance + data.scatter[row] / moments.variance
            smallestVariance = min(smallestVariance, moments.variance)
        }
    }

    /// φ from squares and α from products of residuals (Liang & Zeger 1986, § 4).
    private mutating func estimateMoments() {
        let lost = denominators == .lessCoefficients ? Double(data.columns) : 0
        let members = data.members.reduce(0, +)
        dispersion = squares / max(1, members - lost)
        switch working {
        case .independence: correlation = 0
        case .exchangeable:
            var (products, pairs) = (0.0, 0.0)
            for cluster in 0..<data.clusterCount {
                var sum = 0.0
                for row in data.rows(of: cluster) { sum += residuals[row] }
                products += sum * sum
                pairs += data.members[cluster] * (data.members[cluster] - 1) / 2
            }
            // Twice the products of pairs are the square of the sum less the squares.
            correlation = pairs > lost ? (products - squares) / 2 / (pairs - lost) / dispersion : 0
        case .autoregressive:
            correlation = lags?.correlation(residuals, dispersion, from: correlation) ?? 0
        }
    }

    private mutating func addExchangeable(_ cluster: Int) {
        let p = data.columns
        let members = data.members[cluster]
        let shared = correlation / (1 + (members - 1) * correlation)
        let scale = 1 / ((1 - correlation) * dispersion)
        var total = 0.0
        withUnsafeTemporaryAllocation(of: Double.self, capacity: p) { sum in
            sum.initialize(repeating: 0)
            clear(cluster)
            for row in data.rows(of: cluster) {
                let (slope, residual, size) = (slopes[row], residuals[row], data.sizes[row])
                total += residual
                for a in 0..<p {
                    let x = slope * data.design[row * p + a]
                    scores[cluster * p + a] += x * residual
                    sum[a] += size * x
                    for b in 0...a {
                        informations[(cluster * p + a) * p + b] += size * x * slope * data.design[row * p + b]
                    }
                }
            }
            for a in 0..<p {
                scores[cluster * p + a] = scale * (scores[cluster * p + a] - shared * sum[a] * total)
                for b in 0...a {
                    let place = (cluster * p + a) * p + b
                    informations[place] = scale * (informations[place] - shared * sum[a] * sum[b])
                }
            }
        }
    }

    private mutating func addDifferences(of cluster: Int) {
        let p = data.columns
        let rows = data.rows(of: cluster)
        clear(cluster)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: p) { x in
            for row in rows {
                let shared = row > rows.lowerBound ? lags?.shared(row, correlation) ?? 0 : 0
                let scale = 1 / ((1 - shared * shared) * dispersion)
                let before = max(row - 1, rows.lowerBound)
                let residual = residuals[row] - shared * residuals[before]
                for a in 0..<p {
                    x[a] = slopes[row] * data.design[row * p + a]
                    x[a] -= shared * slopes[before] * data.design[before * p + a]
                }
                for a in 0..<p {
                    scores[cluster * p + a] += scale * x[a] * residual
                    for b in 0...a { informations[(cluster * p + a) * p + b] += scale * x[a] * x[b] }
                }
            }
        }
    }

    private mutating func clear(_ cluster: Int) {
        let p = data.columns
        for a in 0..<p {
            scores[cluster * p + a] = 0
            for b in 0..<p { informations[(cluster * p + a) * p + b] = 0 }
        }
    }
}
