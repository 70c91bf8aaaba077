import Testing

@testable import Metrics

@Suite("Quadrature of members within clusters")
struct NestedQuadratureTests {
    /// Tests of a few clients of three clinics.
    private func data() -> ClusteredCounts {
        var generator = SeededGenerator(seed: 8)
        return generator.visits(clusters: 3, members: 5, visits: 3, deviations: (0.8, 1.1))
    }

    private func tree() throws -> ClusterTree { try MixedProblem(data(), .binomial).tree }

    @Test("−2 ln L agrees with sums over fine grids of both effects", arguments: [(0.8, 1.1), (0.3, 2), (0.0, 0.7)])
    func bruteForce(cluster: Double, member: Double) throws {
        let tree = try tree()
        let parameters = MixedParameters(
            coefficients: [-0.4, 0.3, 0.1], clusterDeviation: cluster, memberDeviation: member)
        let found = try #require(NestedQuadrature(tree, at: parameters, points: 31)?.derivatives(at: parameters.flat))
        let grid = stride(from: -8.0, through: 8, by: 0.125).map { $0 }
        let densities = grid.map { 0.125 * Double.exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }
        var modes = ConditionalModes(tree)
        let isFound = modes.find(parameters)
        #expect(isFound)
        var sum = 0.0
        for group in 0..<tree.clusters {
            var whole = 0.0
            for (u, density) in zip(grid, densities) {
                let product = modes.members(of: group).reduce(1.0) { product, index in
                    let ofMember = zip(grid, densities).reduce(0.0) { total, node in
                        total + node.1 * .exp(-modes.sums(of: index, at: cluster * u + member * node.0).loss)
                    }
                    return product * .pow(ofMember, tree.multiplicities[index])
                }
                whole += density * product
            }
            sum -= 2 * .log(whole)
        }
        #expect(found.value.isNear(sum - 2 * tree.constant, within: 1e-8))
    }

    @Test("One point is Laplace's approximation; without an effect of clusters, one effect is left")
    func special() throws {
        let tree = try tree()
        let place = [-0.4, 0.3, 0.1, 0.6, 1.2]
        let one = try #require(NestedQuadrature(tree, at: MixedParameters(flat: place), points: 1))
        let laplace = try #require(LaplaceCriterion(tree).derivatives(at: place)?.value)
        #expect(try #require(one.derivatives(at: place)?.value).isNear(laplace, within: 1e-11))

        let without = [-0.4, 0.3, 0.1, 0, 1.2]
        let nested = try #require(NestedQuadrature(tree, at: MixedParameters(flat: without), points: 20))
        let single = try #require(QuadratureCriterion(tree, points: 20).derivatives(at: without)?.value)
        #expect(try #require(nested.derivatives(at: without)?.value).isNear(single, within: 1e-11))
    }

    @Test("First and second derivatives are those of the sum over the nodes")
    func derivatives() throws {
        let place = [-0.4, 0.3, 0.1, 0.6, 1.2]
        let held = try #require(NestedQuadrature(try tree(), at: MixedParameters(flat: place), points: 6))
        try expectDerivatives(held, at: [-0.3, 0.2, 0.2, 0.5, 1.3])
    }

    @Test("More points change less and less; the fit lies where the likelihood is highest")
    func converges() throws {
        var generator = SeededGenerator(seed: 21)
        let data = generator.visits(clusters: 6, members: 12, visits: 4, deviations: (0.7, 1.5))
        let fits = try [1, 7, 15, 21].map {
            try CountMixedModel.fit(data, family: .binomial, integration: .quadrature(points: $0)).get()
        }
        let laplace = try CountMixedModel.fit(data, family: .binomial).get()
        #expect(fits[0].deviance.isNear(laplace.deviance, within: 1e-6))
        let last = fits[3].deviance
        #expect(abs(fits[2].deviance - last) < abs(fits[1].deviance - last) + 1e-9)
        #expect(abs(fits[2].deviance - last) < 1e-2)
        // Laplace's approximation draws the variance of members with few observations towards 0.
        #expect((laplace.memberDeviation ?? .nan) < (fits[3].memberDeviation ?? .nan))
        let tooFew = CountMixedModel.fit(data, family: .binomial, integration: .quadrature(points: 6))
        #expect(tooFew.failure == .impossiblePoints)
        #expect(fits[3].clusterEffects.count == 6 && fits[3].memberEffects.count == 72)
    }
}
