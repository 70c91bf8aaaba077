/// The way to Firth's estimates: scores with each row's leverage added, steps by the information of the likelihood.
struct FirthSearch {
    private let columns: [[Double]]
    private let counts: [Double]
    private let sizes: [Double]
    private let scale: ColumnScale
    private let design: Design

    init(_ columns: [[Double]], _ counts: [Double], _ sizes: [Double]) throws(PenalisedLogistic.Failure) {
        guard PenalisedLogistic.isPossible(columns, counts, sizes) else { throw .impossibleCounts }
        scale = ColumnScale(columns)
        guard scale.empty.isEmpty else { throw .dependentColumns(scale.empty) }
        let own = scale
        design = Design(
            columns: columns.enumerated().map { index, column in column.map { own.scaled($0, column: index) } })
        (self.columns, self.counts, self.sizes) = (columns, counts, sizes)
    }

    /// At some coefficients: the penalised log-likelihood, its score and the information of the likelihood.
    private struct Place {
        var value = 0.0
        var score: [Double]
        var information: SymmetricFactors
    }

    private func place(_ coefficients: [Double]) -> Place {
        let p = design.columns
        var predictors = Array(repeating: 0.0, count: design.rows)
        design.predict(coefficients, into: &predictors)
        let family = MixedFamily.binomial
        let weights =
            design.rows == 0 ? [] : predictors.indices.map { sizes[$0] * family.second(family.mean(predictors[$0])) }
        var (matrix, right) = (SymmetricMatrix(order: p), Array(repeating: 0.0, count: p))
        design.crossProducts(weights: weights, weights, into: &matrix, &right)
        let information = SymmetricFactors(matrix)
        let inverse = information.inverse()
        var place = Place(score: right.map { _ in 0 }, information: information)
        place.value = information.logDeterminant / 2
        for row in predictors.indices {
            let x = (0..<p).map { design[row, $0] }
            let mean = family.mean(predictors[row])
            let leverage = weights[row] * inverse.form(x)
            let residual = counts[row] - sizes[row] * mean + leverage * (0.5 - mean)
            place.value += counts[row] * predictors[row] - sizes[row] * family.cumulant(predictors[row])
            for column in 0..<p { place.score[column] += residual * x[column] }
        }
        return place
    }

    mutating func run() throws(PenalisedLogistic.Failure) -> PenalisedLogistic {
        var coefficients = Array(repeating: 0.0, count: design.columns)
        var now = place(coefficients)
        guard now.information.dependent.isEmpty else { throw .dependentColumns(now.information.dependent) }
        for iteration in 1...500 {
            var step = now.information.solve(now.score)
            let longest = step.reduce(0) { max($0, abs($1)) }
            if longest > 5 { step = step.map { $0 * 5 / longest } }
            var scale = 1.0
            var next = now
            var moved = coefficients
            while scale > 1e-10 {
                moved = zip(coefficients, step).map { $0 + scale * $1 }
                next = place(moved)
                if next.information.dependent.isEmpty, next.value >= now.value - 1e-12 * (1 + abs(now.value)) { break }
                scale /= 2
            }
            (coefficients, now) = (moved, next)
            guard now.value.isFinite else { throw .notConverged }
            if longest < 1e-10 { return result(coefficients, now, iteration) }
        }
        throw .notConverged
    }

    private func result(_ coefficients: [Double], _ place: Place, _ iterations: Int) -> PenalisedLogistic {
        PenalisedLogistic(
            coefficients: scale.original(coefficients),
            covariance: scale.original(covariance: place.information.inverse()), iterations: iterations)
    }
}
