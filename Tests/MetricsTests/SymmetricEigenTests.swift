import Testing

@testable import Metrics

struct SymmetricEigenTests {
    @Test("Of low rank: the same function of the matrix as with all eigenvectors", arguments: [1, 2, 3, 6])
    func lowRank(rank: Int) {
        var draws = SplitMix(state: UInt64(rank))
        let order = 6
        let columns = (0..<rank).map { _ in (0..<order).map { _ in draws.normal() / 4 } }
        var matrix = SymmetricMatrix(order: order)
        for row in 0..<order {
            for column in 0...row { matrix[row, column] = columns.reduce(0) { $0 + $1[row] * $1[column] } }
        }
        let elements = (0..<order).flatMap { row in (0..<order).map { matrix[row, $0] } }
        let (some, all) = (SymmetricEigen(semidefinite: elements, order: order), SymmetricEigen(matrix))
        #expect(some.values.count == rank)
        let x = (0..<order).map { _ in draws.normal() }
        let functions: [@Sendable (Double) -> Double] = [
            { $0 }, { 1 / (1 + $0) }, { (2 + $0).squareRoot() },
        ]
        for function in functions {
            for (one, other) in zip(some.apply(function, to: x), all.apply(function, to: x)) {
                #expect(abs(one - other) < 1e-12 * (1 + abs(other)))
            }
        }
    }

    @Test("Of nothing: f(0) times the vector")
    func nothing() {
        let eigen = SymmetricEigen(semidefinite: Array(repeating: 0, count: 9), order: 3)
        #expect(eigen.values.isEmpty)
        #expect(eigen.apply({ $0 + 2 }, to: [1, 2, 3]) == [2, 4, 6])
    }
}
