/// The derivatives of a member's loss by a shift of its predictors, at its mode, and by the coefficients.
struct MemberDerivatives {
    /// How many members are like it.
    let times: Double
    /// N, A and B: the first, second and third derivative.
    let score: Double
    let information: Double
    private(set) var third = 0.0
    /// A and B with each row's covariates as factors.
    private(set) var informationByColumn: [Double]
    private(set) var thirdByColumn: [Double]

    init(_ modes: ConditionalModes, _ member: Int) {
        let (tree, p) = (modes.tree, modes.tree.columns)
        times = tree.multiplicities[member]
        (score, information) = (modes.sums[member].score, modes.sums[member].information)
        informationByColumn = Array(repeating: 0, count: p)
        thirdByColumn = informationByColumn
        let shift = modes.shift(ofMember: member)
        for row in modes.rows(of: member) {
            let pattern = tree.patterns[row]
            let mean = tree.family.mean(modes.predictors[pattern] + shift)
            let second = tree.sizes[row] * tree.family.second(mean)
            let third = tree.sizes[row] * tree.family.higher(mean).third
            self.third += third
            for column in 0..<p {
                let x = tree.covariates[pattern * p + column]
                informationByColumn[column] += second * x
                thirdByColumn[column] += third * x
            }
        }
    }

    /// First derivatives of the shift q, of N and of A by coefficients, the cluster's variance and the members'.
    struct Slopes {
        var shift: [Double]
        var score: [Double]
        var information: [Double]

        init(order: Int) {
            shift = Array(repeating: 0, count: order)
            (score, information) = (shift, shift)
        }
    }

    /// d q′ = e′ − m ∂N/∂β, less N by the members' variance m; `shared` is e′.
    func slopes(shared: [Double], variance m: Double, into slopes: inout Slopes) {
        let p = informationByColumn.count
        let d = 1 + m * information
        for index in 0..<p {
            let shift = (shared[index] - m * informationByColumn[index]) / d
            slopes.shift[index] = shift
            slopes.score[index] = information * shift + informationByColumn[index]
            slopes.information[index] = third * shift + thirdByColumn[index]
        }
        for index in p..<(p + 2) {
            let shift = (shared[index] - (index == p ? 0 : score)) / d
            (slopes.shift[index], slopes.score[index]) = (shift, information * shift)
            slopes.information[index] = third * shift
        }
    }
}
