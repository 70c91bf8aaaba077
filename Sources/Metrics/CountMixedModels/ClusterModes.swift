/// A cluster's effect together with its members': the matrix of second derivatives is an arrow, a diagonal of members
/// beside one row of the cluster, so that a step costs as much as looking at the rows.
extension ConditionalModes {
    private struct Step {
        var cluster = 0.0
        /// −gᵀ times the step: twice what the loss should fall by.
        var decrement = 0.0
    }

    mutating func findCluster(_ cluster: Int) -> Bool {
        var loss = evaluate(cluster)
        if !loss.isFinite {
            clusterEffects[cluster] = 0
            for member in members(of: cluster) { memberEffects[member] = 0 }
            loss = evaluate(cluster)
        }
        var steps = Array(repeating: 0.0, count: members(of: cluster).count)
        for _ in 0..<100 {
            let step = direction(cluster, into: &steps)
            guard step.decrement.isFinite, loss.isFinite else { return false }
            var scale = 1.0
            var moved = 0.0
            while true {
                move(cluster, by: scale - moved, step.cluster, steps)
                moved = scale
                let next = evaluate(cluster)
                if next <= loss + 1e-12 * (1 + abs(loss)) || scale < 1e-12 {
                    loss = next
                    break
                }
                scale /= 2
            }
            if step.decrement < 1e-13 { return true }
        }
        return false
    }

    private mutating func move(_ cluster: Int, by scale: Double, _ step: Double, _ steps: [Double]) {
        clusterEffects[cluster] += scale * step
        for (index, member) in members(of: cluster).enumerated() { memberEffects[member] += scale * steps[index] }
    }

    /// The penalised loss of a cluster; leaves the members' sums behind.
    private mutating func evaluate(_ cluster: Int) -> Double {
        let own = clusterEffects[cluster]
        var loss = own * own / 2
        for member in members(of: cluster) {
            let found = sums(of: member, at: shift(cluster: cluster, member: member))
            sums[member] = found
            loss += tree.multiplicities[member] * (found.loss + memberEffects[member] * memberEffects[member] / 2)
        }
        return loss
    }

    private func direction(_ cluster: Int, into steps: inout [Double]) -> Step {
        let (c, m) = (parameters.clusterDeviation, parameters.memberDeviation)
        var (slope, curvature, right) = (clusterEffects[cluster], 1.0, 0.0)
        for member in members(of: cluster) {
            let (own, times) = (sums[member], tree.multiplicities[member])
            let diagonal = 1 + m * m * own.information
            slope += times * c * own.score
            curvature += times * c * c * own.information / diagonal
            right += times * c * m * own.information * (m * own.score + memberEffects[member]) / diagonal
        }
        var step = Step(cluster: (right - slope) / curvature)
        step.decrement = -slope * step.cluster
        for (index, member) in members(of: cluster).enumerated() {
            let own = sums[member]
            let slope = m * own.score + memberEffects[member]
            steps[index] = -(slope + m * c * own.information * step.cluster) / (1 + m * m * own.information)
            step.decrement -= tree.multiplicities[member] * slope * steps[index]
        }
        return step
    }
}
