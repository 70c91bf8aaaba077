extension SymmetricMatrix {
    /// tr(M A).
    func trace(times other: SymmetricMatrix) -> Double {
        zip(elements, other.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// tr(M A M B).
    func trace(times first: SymmetricMatrix, again second: SymmetricMatrix) -> Double {
        sandwich(first).trace(times: second)
    }

    /// M A M.
    func sandwich(_ middle: SymmetricMatrix) -> SymmetricMatrix {
        var result = SymmetricMatrix(order: order)
        for row in 0..<order {
            let left = middle.times((0..<order).map { self[row, $0] })
            for column in 0...row {
                result[row, column] = (0..<order).reduce(0) { $0 + left[$1] * self[$1, column] }
            }
        }
        return result
    }
}
