/// What random effects' covariances are reckoned with: numbers where a cluster has one effect, else small matrices.
/// The formulas are written once.
protocol EffectAlgebra: Sendable {
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static prefix func - (operand: Self) -> Self
    /// Of a row-by-row order × order matrix.
    init(order: Int, _ elements: UnsafePointer<Double>)
    var transposed: Self { get }
    var trace: Double { get }
    /// The inverse of one plus this and the logarithm of its determinant; nil unless that is positive.
    var inverseOfOnePlus: (inverse: Self, logDeterminant: Double)? { get }
    func element(_ row: Int, _ column: Int) -> Double
}

extension Double: EffectAlgebra {
    init(order: Int, _ elements: UnsafePointer<Double>) { self = elements[0] }
    var transposed: Double { self }
    var trace: Double { self }
    var inverseOfOnePlus: (inverse: Double, logDeterminant: Double)? {
        1 + self > 0 ? (1 / (1 + self), .log1p(self)) : nil
    }
    func element(_ row: Int, _ column: Int) -> Double { self }
}

/// A small square matrix without structure.
struct SquareMatrix: EffectAlgebra, Equatable {
    let order: Int
    private(set) var elements: [Double]

    init(order: Int, elements: [Double]) { (self.order, self.elements) = (order, elements) }

    init(order: Int, _ elements: UnsafePointer<Double>) {
        self.init(order: order, elements: Array(UnsafeBufferPointer(start: elements, count: order * order)))
    }

    static func + (left: Self, right: Self) -> Self {
        Self(order: left.order, elements: zip(left.elements, right.elements).map { $0 + $1 })
    }

    static func - (left: Self, right: Self) -> Self {
        Self(order: left.order, elements: zip(left.elements, right.elements).map { $0 - $1 })
    }

    static prefix func - (operand: Self) -> Self {
        Self(order: operand.order, elements: operand.elements.map { -$0 })
    }

    static func * (left: Self, right: Self) -> Self {
        let n = left.order
        var product = Array(repeating: 0.0, count: n * n)
        for row in 0..<n {
            for inner in 0..<n {
                let factor = left.elements[row * n + inner]
                guard factor != 0 else { continue }
                for column in 0..<n { product[row * n + column] += factor * right.elements[inner * n + column] }
            }
        }
        return Self(order: n, elements: product)
    }

    static func * (left: Self, factor: Double) -> Self {
        Self(order: left.order, elements: left.elements.map { $0 * factor })
    }

    var transposed: Self {
        var turned = elements
        for row in 0..<order {
            for column in 0..<order { turned[column * order + row] = elements[row * order + column] }
        }
        return Self(order: order, elements: turned)
    }

    var trace: Double { (0..<order).reduce(0) { $0 + elements[$1 * order + $1] } }

    func element(_ row: Int, _ column: Int) -> Double { elements[row * order + column] }

    /// By elimination with row exchanges.
    var inverseOfOnePlus: (inverse: Self, logDeterminant: Double)? {
        let n = order
        var rows = (0..<n).map { row in
            (0..<n).map { elements[row * n + $0] + (row == $0 ? 1 : 0) } + (0..<n).map { row == $0 ? 1 : 0 }
        }
        var (logarithm, isPositive) = (0.0, true)
        for column in 0..<n {
            guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }) else {
                return nil
            }
            if pivot != column {
                rows.swapAt(pivot, column)
                isPositive.toggle()
            }
            let leading = rows[column][column]
            guard leading != 0, leading.isFinite else { return nil }
            if leading < 0 { isPositive.toggle() }
            logarithm += .log(abs(leading))
            for k in 0..<(2 * n) { rows[column][k] /= leading }
            for row in 0..<n where row != column {
                let factor = rows[row][column]
                guard factor != 0 else { continue }
                for k in 0..<(2 * n) { rows[row][k] -= factor * rows[column][k] }
            }
        }
        return isPositive ? (Self(order: n, elements: rows.flatMap { $0[n...] }), logarithm) : nil
    }
}
