import Testing

@testable import Metrics

@Suite("Gauss–Hermite quadrature")
struct GaussHermiteTests {
    @Test("Nodes and weights agree with statmod's", .enabled(if: Reference.hasOracle))
    func table() throws {
        let (value, tolerance) = try Reference.oracle("special", "ghquad")
        var agreement = Agreement(with: "special.ghquad", within: tolerance)
        for (name, expected) in value.members {
            let rule = GaussHermite(nodes: try #require(Int(name.dropFirst())))
            agreement.expect(rule.nodes, expected["nodes"].column, "nodes \(name)")
            agreement.expect(rule.weights, expected["weights"].column, "weights \(name)")
        }
        agreement.conclude()
    }

    @Test("Moments of the normal distribution are exact up to degree 2n − 1", arguments: [1, 2, 3, 7, 10, 25, 40, 100])
    func moments(points: Int) {
        let rule = GaussHermite(nodes: points)
        var moment = Double.pi.squareRoot()
        for degree in stride(from: 0, to: min(2 * points, 60), by: 2) {
            if degree > 0 { moment *= Double(degree - 1) / 2 }
            let sum = zip(rule.nodes, rule.weights).reduce(0.0) { $0 + $1.1 * .pow($1.0 * $1.0, Double(degree / 2)) }
            #expect(sum.isNear(moment, within: 1e-11), "degree \(degree)")
        }
        #expect(zip(rule.nodes, rule.nodes.reversed()).allSatisfy { $0.isNear(-$1, within: 1e-14) })
        #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
        let flat = zip(rule.nodes, zip(rule.weights, rule.flatWeights)).allSatisfy { node, weights in
            weights.0.isNear(weights.1 * .exp(-node * node), within: 1e-13)
        }
        #expect(flat)
    }
}
