extension EstimatingEquations {
    /// Satterthwaite's degrees of freedom of a contrast's variance if the working model were true (Bell & McCaffrey
    /// 2002; Pustejovsky & Tipton 2018), for the corrections that are powers of I − H; nil for others.
    public func satterthwaiteDegrees(_ contrast: [Double], _ correction: SandwichCorrection) -> Double? {
        let power: Double
        switch correction {
        case .liangZeger, .clusterCount: power = 0
        case .kauermannCarroll: power = -0.5
        case .manclDeRouen: power = -1
        case .bellMcCaffrey: return symmetricRootDegrees(contrast)
        case .fayGraubard, .morelBokossaNeerchal: return nil
        }
        let direction = information.whiten(contrast)
        var (sum, squares) = (0.0, 0.0)
        var shared = SymmetricMatrix(order: order)
        for cluster in 0..<clusters {
            let eigen = SymmetricEigen(semidefinite: whitened(cluster), order: order)
            let weighted = eigen.apply({ $0 * Self.leverage($0, to: power) }, to: direction)
            let own = eigen.apply({ $0 * Self.leverage($0, to: 2 * power) }, to: direction)
            let common = weighted.reduce(0) { $0 + $1 * $1 }
            let variance = zip(direction, own).reduce(0) { $0 + $1.0 * $1.1 } - common
            sum += variance
            squares += variance * variance - common * common
            shared.add(1, outerProductOf: weighted)
        }
        for row in 0..<order { for column in 0..<order { squares += shared[row, column] * shared[row, column] } }
        return squares > 0 ? (sum * sum / squares).finite : nil
    }
}
