extension EstimatingEquations {
    /// M of the regression with dispersion 1.
    private var unscaled: SymmetricFactors {
        var total = SymmetricMatrix(order: order)
        for cluster in 0..<clusters {
            for a in 0..<order {
                for b in 0...a { total[a, b] += dispersion * informations[(cluster * order + a) * order + b] }
            }
        }
        return SymmetricFactors(total)
    }

    var symmetricRootCovariance: SymmetricMatrix {
        guard correlation == 0 else { return covariance(.kauermannCarroll) }
        let information = unscaled
        var sum = SymmetricMatrix(order: order)
        for cluster in 0..<clusters {
            sum.add(1, outerProductOf: information.unwhiten(rows.cluster(cluster, information).adjustedScore))
        }
        return sum
    }

    func symmetricRootDegrees(_ contrast: [Double]) -> Double? {
        guard correlation == 0 else { return satterthwaiteDegrees(contrast, .kauermannCarroll) }
        let information = unscaled
        let direction = information.whiten(contrast)
        var (sum, squares) = (0.0, 0.0)
        var shared = SymmetricMatrix(order: order)
        for cluster in 0..<clusters {
            let (along, own) = rows.cluster(cluster, information).direction(direction)
            let common = along.reduce(0) { $0 + $1 * $1 }
            sum += own - common
            squares += (own - common) * (own - common) - common * common
            shared.add(1, outerProductOf: along)
        }
        for row in 0..<order { for column in 0..<order { squares += shared[row, column] * shared[row, column] } }
        return squares > 0 ? (sum * sum / squares).finite : nil
    }
}
