@testable import Metrics

/// The slow way: V as an n × n matrix, for the fast way to be held against.
struct DenseMixedModel {
    let rows: MixedModelRows
    /// In units of the residual variance, with which its own derivative, the identity, comes last.
    let derivatives: [SymmetricMatrix]
    let base: SymmetricMatrix

    private var n: Int { rows.outcome.count }
    private var p: Int { rows.fixed.count }

    init(_ rows: MixedModelRows, _ effects: RandomEffects) {
        self.rows = rows
        let n = rows.outcome.count
        func spread(_ component: SymmetricMatrix, _ columns: [[Double]], _ labels: [Int]) -> SymmetricMatrix {
            var matrix = SymmetricMatrix(order: n)
            for one in 0..<n {
                for other in 0...one where labels[one] == labels[other] {
                    var sum = 0.0
                    for a in columns.indices {
                        for b in columns.indices { sum += component[a, b] * columns[a][one] * columns[b][other] }
                    }
                    matrix[one, other] = sum
                }
            }
            return matrix
        }
        let subjects = rows.subjects ?? Array(0..<n)
        derivatives =
            effects.subject.components.map { spread($0, rows.subjectEffects, subjects) }
            + effects.cluster.components.map { spread($0, rows.clusterEffects, rows.clusters) }
        var base = SymmetricMatrix(order: n)
        for row in 0..<n { base[row, row] = 1 }
        base.add(1, times: spread(effects.subject.base, rows.subjectEffects, subjects))
        self.base = base
    }

    struct Fit {
        let coefficients: [Double]
        /// (XᵀV⁻¹X)⁻¹.
        let covariance: SymmetricMatrix
        let criterion: Double
        let residualVariance: Double
        /// V⁻¹ and V⁻¹X, V in units of the residual variance.
        let inverse: SquareMatrix
        let weighted: [[Double]]
    }

    func fit(_ ratios: [Double], _ method: LikelihoodMethod = .restricted) -> Fit {
        var v = base
        for (ratio, derivative) in zip(ratios, derivatives) { v.add(ratio, times: derivative) }
        let factors = SymmetricFactors(v)
        let weighted = rows.fixed.map(factors.solve)
        var gram = SymmetricMatrix(order: p)
        for row in 0..<p { for column in 0...row { gram[row, column] = dot(rows.fixed[row], weighted[column]) } }
        let solved = SymmetricFactors(gram)
        let beta = solved.solve(weighted.map { dot($0, rows.outcome) })
        let residuals = (0..<n).map { row in
            rows.outcome[row] - (0..<p).reduce(0) { $0 + beta[$1] * rows.fixed[$1][row] }
        }
        let degrees = Double(method == .restricted ? n - p : n)
        let variance = dot(residuals, factors.solve(residuals)) / degrees
        let determinant = factors.logDeterminant + (method == .restricted ? solved.logDeterminant : 0)
        return Fit(
            coefficients: beta, covariance: solved.inverse(),
            criterion: determinant + degrees * (1 + .log(2 * .pi * variance)), residualVariance: variance,
            inverse: SquareMatrix(order: n, elements: factors.inverse().elements), weighted: weighted)
    }

    /// Kenward & Roger's covariance of the coefficients from its definition, with traces of n × n matrices.
    func adjustedCovariance(_ ratios: [Double]) -> SymmetricMatrix {
        let fit = fit(ratios)
        let e = fit.residualVariance
        var residual = SymmetricMatrix(order: n)
        residual.add(1, times: base)
        let inverse = fit.inverse * (1 / e)
        var c = fit.covariance
        c.scale(by: e)
        let all = (derivatives + [residual]).map { SquareMatrix(order: n, elements: $0.elements) }
        // V⁻¹ less its part in the columns' span.
        var span = SymmetricMatrix(order: n)
        for one in 0..<p {
            for other in 0..<p {
                for row in 0..<n {
                    for column in 0...row {
                        span[row, column] +=
                            c[one, other] * fit.weighted[one][row] * fit.weighted[other][column] / (e * e)
                    }
                }
            }
        }
        let projection = inverse - SquareMatrix(order: n, elements: span.elements)
        let count = all.count
        let products = all.map { projection * $0 }
        var information = SymmetricMatrix(order: count)
        for k in 0..<count { for l in 0...k { information[k, l] = (products[k] * products[l]).trace / 2 } }
        let weights = SymmetricFactors(information).inverse()
        let own = SquareMatrix(order: p, elements: c.elements)
        var middle = SquareMatrix(order: p, elements: Array(repeating: 0, count: p * p))
        let first = all.map { form(inverse * $0 * inverse) }
        for k in 0..<count {
            for l in 0..<count {
                let q = form(inverse * all[k] * inverse * all[l] * inverse)
                middle = middle + (q - first[k] * own * first[l]) * weights[k, l]
            }
        }
        let correction = own * middle * own
        return SymmetricMatrix(order: p, elements: (own + correction + correction.transposed).elements)
    }

    /// XᵀMX.
    private func form(_ matrix: SquareMatrix) -> SquareMatrix {
        let images = rows.fixed.map { column in
            (0..<n).map { row in (0..<n).reduce(0) { $0 + matrix.element(row, $1) * column[$1] } }
        }
        return SquareMatrix(order: p, elements: (0..<p).flatMap { row in images.map { dot(rows.fixed[row], $0) } })
    }

    private func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
}
