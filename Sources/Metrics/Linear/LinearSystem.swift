/// A small system of linear equations without structure.
enum LinearSystem {
    /// x with M x = b by elimination with row exchanges; nil if M is singular.
    static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        var (m, b) = (matrix, right)
        let n = b.count
        for column in 0..<n {
            guard let pivot = (column..<n).max(by: { abs(m[$0][column]) < abs(m[$1][column]) }),
                m[pivot][column] != 0
            else { return nil }
            m.swapAt(column, pivot)
            b.swapAt(column, pivot)
            for row in (column + 1)..<max(n, column + 1) {
                let factor = m[row][column] / m[column][column]
                guard factor != 0 else { continue }
                for k in column..<n { m[row][k] -= factor * m[column][k] }
                b[row] -= factor * b[column]
            }
        }
        for row in (0..<n).reversed() {
            for k in (row + 1)..<max(n, row + 1) { b[row] -= m[row][k] * b[k] }
            b[row] /= m[row][row]
        }
        return b.allSatisfy(\.isFinite) ? b : nil
    }
}
