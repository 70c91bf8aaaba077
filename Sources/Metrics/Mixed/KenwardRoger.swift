/// Kenward & Roger's (1997) correction for few clusters: a covariance of the coefficients that allows for the variances'
/// being estimated, and the scale and degrees of freedom of an F test. From p × p matrices alone: with V linear in
/// the variances σₖ, everything follows from M = XᵀV⁻¹X and ln |V| and their derivatives by σₖ.
struct KenwardRoger: Sendable {
    /// Of the coefficients of the standardised columns.
    let covariance: SymmetricMatrix
    private let adjusted: SquareMatrix
    /// C Mₖ C.
    private let sandwiches: [SquareMatrix]
    private let unadjusted: SquareMatrix
    /// The variances' covariance, from the expected information.
    private let weights: SymmetricMatrix

    /// Degrees of freedom of what is known without error.
    private static let known = 1e9

    /// Nil where the expected information of the variances is singular. A variance at 0 keeps its place.
    init?(_ likelihood: MixedLikelihood) {
        let natural = NaturalDerivatives(likelihood)
        let c =
            SquareMatrix(order: natural.order, elements: likelihood.covariance.elements) * likelihood.residualVariance
        let count = natural.first.count
        let products = natural.first.map { $0 * c }
        var information = SymmetricMatrix(order: count)
        for k in 0..<count {
            for l in 0...k {
                // Q of Kenward & Roger is half the second derivative of M.
                let ofQ = (natural.second[k][l] * c).trace
                information[k, l] = (-natural.logDeterminant[k, l] - ofQ + (products[k] * products[l]).trace) / 2
            }
        }
        let factors = SymmetricFactors(information)
        guard factors.dependent.isEmpty else { return nil }
        weights = factors.inverse()
        var middle = SquareMatrix(
            order: natural.order, elements: Array(repeating: 0, count: natural.order * natural.order))
        for k in 0..<count {
            for l in 0..<count {
                let term = natural.second[max(k, l)][min(k, l)] * 0.5 - products[k] * natural.first[l]
                middle = middle + term * weights[k, l]
            }
        }
        let correction = c * middle * c
        adjusted = c + correction + correction.transposed
        unadjusted = c
        sandwiches = products.map { c * $0 }
        covariance = SymmetricMatrix(order: natural.order, elements: adjusted.elements)
    }

    /// The scale λ and denominator degrees m of λF for contrasts of rank q, their number.
    func test(_ contrasts: [[Double]]) -> (scale: Double, degrees: Double)? {
        let q = Double(contrasts.count)
        guard let theta = Self.theta(contrasts, unadjusted) else { return nil }
        let products = sandwiches.map { theta * $0 }
        var (a1, a2) = (0.0, 0.0)
        for k in products.indices {
            for l in products.indices {
                a1 += weights[k, l] * products[k].trace * products[l].trace
                a2 += weights[k, l] * (products[k] * products[l]).trace
            }
        }
        // The variances are known as good as exactly.
        guard a2 > 1e-12 else { return (1, Self.known) }
        // What the formulas below come to for one contrast, where they divide 0 by 0 at 2 degrees.
        if contrasts.count == 1 { return (1, min(2 / a2, Self.known)) }
        let b = (a1 + 6 * a2) / (2 * q)
        let g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2)
        let below = 3 * q + 2 * (1 - g)
        let (c1, c2, c3) = (g / below, (q - g) / below, (q + 2 - g) / below)
        // Both vanish together.
        let (shrinkage, other) = (1 - a2 / q, 1 - c2 * b)
        let ratio = abs(other) < 1e-12 ? 1 : shrinkage / other
        let rho = ratio * ratio * (1 + c1 * b) / (1 - c3 * b) / q
        // Below 4 degrees an F has no variance, and ρ is negative; no degrees at all are infinitely many.
        let degrees = 4 + (q + 2) / (q * rho - 1)
        guard degrees > 0, degrees < Self.known else { return (1, Self.known) }
        return (abs(degrees - 2) < 0.01 ? 1 : degrees * shrinkage / (degrees - 2), degrees)
    }

    /// Lᵀ(LCLᵀ)⁻¹L.
    private static func theta(_ contrasts: [[Double]], _ c: SquareMatrix) -> SquareMatrix? {
        let (p, q) = (c.order, contrasts.count)
        let symmetric = SymmetricMatrix(order: p, elements: c.elements)
        let images = contrasts.map { symmetric.times($0) }
        var middle = SymmetricMatrix(order: q)
        for row in 0..<q {
            for column in 0...row {
                middle[row, column] = zip(contrasts[row], images[column]).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        let factors = SymmetricFactors(middle)
        guard factors.dependent.isEmpty else { return nil }
        let inverse = factors.inverse()
        var elements = Array(repeating: 0.0, count: p * p)
        for one in 0..<q {
            for other in 0..<q {
                for row in 0..<p {
                    for column in 0..<p {
                        elements[row * p + column] +=
                            inverse[one, other] * contrasts[one][row] * contrasts[other][column]
                    }
                }
            }
        }
        return SquareMatrix(order: p, elements: elements)
    }
}
