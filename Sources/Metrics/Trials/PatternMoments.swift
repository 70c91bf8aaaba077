/// Participants of a clinic who were measured at the same visits, by the sums of products of their numbers: what a database
/// tells of them instead of who they are.
public struct PatternMoments: Equatable, Sendable {
    /// The clinic's place among a trial's.
    public let clinic: Int
    /// Places of the visits at which they were measured.
    public let visits: [Int]
    /// How many numbers each has before the visits': covariates.
    public let covariates: Int
    /// Σ z zᵀ over participants of z = (1, covariates, outcomes), row by row; the first element counts them.
    public let products: [Double]

    public init(clinic: Int, visits: [Int], covariates: Int, products: [Double]) {
        (self.clinic, self.visits, self.covariates, self.products) = (clinic, visits, covariates, products)
    }

    private var width: Int { 1 + covariates + visits.count }

    /// As many stand-ins with the same sums of products: what follows from sums alone follows from them.
    ///
    /// Means plus Q Lᵀ, where L Lᵀ are the products about the means and Q has orthonormal columns that add up to 0.
    /// - Returns: nil for sums that no participants can have.
    public func standIns(visitCount: Int) -> [TrialRecord.Participant]? {
        let count = Int(products.first?.rounded() ?? 0)
        guard products.count == width * width, count > 0, visits.allSatisfy((0..<visitCount).contains) else {
            return nil
        }
        let means = (1..<width).map { products[$0] / Double(count) }
        var rest = SymmetricMatrix(order: width - 1)
        for row in 1..<width {
            for column in 1...row {
                rest[row - 1, column - 1] = products[row * width + column] - products[row] * means[column - 1]
            }
        }
        let factors = Self.factors(rest, most: count - 1, against: (1..<width).map { products[$0 * width + $0] })
        return (0..<count).map { person in
            var numbers = means
            for (place, factor) in factors.enumerated() {
                let share = Self.helmert(row: person, column: place + 1)
                for column in numbers.indices { numbers[column] += share * factor[column] }
            }
            var outcomes = [Double?](repeating: nil, count: visitCount)
            for (place, visit) in visits.enumerated() { outcomes[visit] = numbers[covariates + place] }
            return TrialRecord.Participant(
                clinic: clinic, outcomes: outcomes, covariates: Array(numbers.prefix(covariates)))
        }
    }

    /// Columns of L, by Cholesky's steps from the largest remainder down; what is left of rounding is nothing.
    private static func factors(_ matrix: SymmetricMatrix, most: Int, against scale: [Double]) -> [[Double]] {
        var rest = matrix
        var columns: [[Double]] = []
        while columns.count < most {
            guard let pivot = (0..<rest.order).max(by: { rest[$0, $0] < rest[$1, $1] }),
                rest[pivot, pivot] > 1e-13 * scale[pivot], rest[pivot, pivot] > 0
            else { break }
            let root = rest[pivot, pivot].squareRoot()
            let column = (0..<rest.order).map { rest[$0, pivot] / root }
            columns.append(column)
            rest.add(-1, outerProductOf: column)
        }
        return columns
    }

    /// An element of Helmert's matrix: column k is 1/√(k(k+1)) for the first k rows, −k/√(k(k+1)) for the next, 0 after.
    private static func helmert(row: Int, column k: Int) -> Double {
        guard row <= k else { return 0 }
        let length = (Double(k) * Double(k + 1)).squareRoot()
        return (row < k ? 1 : -Double(k)) / length
    }
}
