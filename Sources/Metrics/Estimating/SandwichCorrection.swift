/// How the covariance from between clusters is kept from being too small when clusters are few.
public enum SandwichCorrection: String, CaseIterable, Sendable {
    /// None (Liang & Zeger 1986; CR0): far too small with a dozen clusters.
    case liangZeger = "liang_zeger"
    /// Times J/(J − 1) (CR1).
    case clusterCount = "cluster_count"
    /// (I − H)^(−1/2) (Kauermann & Carroll 2001; for least squares CR2 of Bell & McCaffrey 2002).
    case kauermannCarroll = "kauermann_carroll"
    /// CR2 with the symmetric root where variances differ, as in logistic regression (Pustejovsky & Tipton 2018); of
    /// least squares, and with another working correlation than independence, the same as Kauermann & Carroll's.
    case bellMcCaffrey = "bell_mccaffrey"
    /// (I − H)⁻¹ (Mancl & DeRouen 2001; CR3).
    case manclDeRouen = "mancl_derouen"
    /// The diagonal of I − H alone, H at most 0.75 (Fay & Graubard 2001).
    case fayGraubard = "fay_graubard"
    /// A part of the model's covariance added (Morel, Bokossa & Neerchal 2003).
    case morelBokossaNeerchal = "morel_bokossa_neerchal"
}

extension EstimatingEquations {
    /// Covariance of the coefficients with the cluster as the unit of chance.
    ///
    /// Corrections of residuals by the n × n hat matrix H of a cluster come down to p × p: with M⁻¹ = TᵀT, g the
    /// cluster's score and S = T Q Tᵀ of its information Q, (I − QM⁻¹)^a g is T⁻¹(I − S)^a T g.
    public func covariance(_ correction: SandwichCorrection) -> SymmetricMatrix {
        guard correction != .bellMcCaffrey else { return symmetricRootCovariance }
        let inverse = information.inverse()
        var sum = SymmetricMatrix(order: order)
        for cluster in 0..<clusters {
            let own = score(of: cluster)
            let adjusted: [Double]
            switch correction {
            case .liangZeger, .clusterCount, .morelBokossaNeerchal: adjusted = inverse.times(own)
            case .fayGraubard: adjusted = inverse.times(scaled(own, cluster, inverse))
            case .manclDeRouen, .kauermannCarroll, .bellMcCaffrey:
                let power = correction == .manclDeRouen ? -1 : -0.5
                let eigen = SymmetricEigen(semidefinite: whitened(cluster), order: order)
                adjusted = information.unwhiten(
                    eigen.apply({ Self.leverage($0, to: power) }, to: information.whiten(own)))
            }
            sum.add(1, outerProductOf: adjusted)
        }
        let count = Double(clusters)
        if correction == .clusterCount { sum.scale(by: count / (count - 1)) }
        return correction == .morelBokossaNeerchal ? withModel(sum, inverse) : sum
    }

    /// (1 − λ)^power; a direction in which the cluster alone decides has no residual left to correct.
    static func leverage(_ value: Double, to power: Double) -> Double {
        let left = 1 - value
        guard power != 0 else { return 1 }
        return left > 1e-9 ? .pow(left, power) : 0
    }

    private func score(of cluster: Int) -> [Double] { Array(scores[(cluster * order)..<((cluster + 1) * order)]) }

    /// T Q Tᵀ of a cluster's information, row by row.
    func whitened(_ cluster: Int) -> [Double] {
        let p = order
        let first = cluster * p * p
        // Q is symmetric, so that whitening its rows whitens its columns.
        let rows = (0..<p).map { information.whiten(Array(informations[(first + $0 * p)..<(first + ($0 + 1) * p)])) }
        var result = Array(repeating: 0.0, count: p * p)
        for column in 0..<p {
            let whitened = information.whiten(rows.map { $0[column] })
            for row in 0..<p { result[row * p + column] = whitened[row] }
        }
        return result
    }

    /// diag(1 − min(0.75, (QM⁻¹)ⱼⱼ))^(−1/2) g.
    private func scaled(_ score: [Double], _ cluster: Int, _ inverse: SymmetricMatrix) -> [Double] {
        let p = order
        return score.indices.map { j in
            let share = (0..<p).reduce(0) { $0 + informations[(cluster * p + j) * p + $1] * inverse[$1, j] }
            return score[j] / (1 - min(0.75, share)).squareRoot()
        }
    }

    private func withModel(_ plain: SymmetricMatrix, _ inverse: SymmetricMatrix) -> SymmetricMatrix {
        let (j, p, n) = (Double(clusters), Double(order), members)
        // tr(M⁻¹ Σ g gᵀ)/p of the scores as they are.
        let inflation = (0..<clusters).reduce(0) { $0 + inverse.form(score(of: $1)) } / p
        var sum = plain
        sum.scale(by: (n - 1) / (n - p) * j / (j - 1))
        sum.add((j > p ? min(0.5, p / (j - p)) : 0.5) * max(1, inflation), times: inverse)
        return sum
    }
}
