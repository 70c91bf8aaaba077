import Testing

@testable import Metrics

@Suite("Regression with autoregressive errors")
struct AutoregressionTests {
    /// Errors of an autoregression at months of which some are missing, about a line.
    private static func sample(_ rho: Double, seed: UInt64, count: Int = 50) -> (Design, [Double], [Int]) {
        var random = SeededGenerator(seed: seed)
        var (error, response, times) = (0.0, [Double](), [Int]())
        for month in 0..<count {
            let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &random) }
            error = rho * error + noise
            guard Double.random(in: 0...1, using: &random) > 0.15 || month < 2 else { continue }
            times.append(month)
            response.append(5 + 0.1 * Double(month) + error)
        }
        return (Design(columns: [times.map { _ in 1 }, times.map(Double.init)]), response, times)
    }

    /// The slow path: the correlation matrix as it is, inverted.
    private static func dense(
        _ design: Design, _ response: [Double], _ times: [Int], rho: Double, restricted: Bool
    ) -> Double {
        let (n, p) = (design.rows, design.columns)
        var correlation = SymmetricMatrix(order: n)
        for i in 0..<n { for j in 0...i { correlation[i, j] = .pow(rho, Double(times[i] - times[j])) } }
        let factors = SymmetricFactors(correlation)
        let inverse = factors.inverse()
        let columns = (0..<p).map { column in (0..<n).map { design[$0, column] } }
        var cross = SymmetricMatrix(order: p)
        for i in 0..<p {
            let turned = inverse.times(columns[i])
            for j in 0...i { cross[i, j] = zip(turned, columns[j]).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        let turned = inverse.times(response)
        let solved = SymmetricFactors(cross)
        let beta = solved.solve(columns.map { column in zip(column, turned).reduce(0) { $0 + $1.0 * $1.1 } })
        let residuals = (0..<n).map { row in
            response[row] - (0..<p).reduce(0) { $0 + beta[$1] * design[row, $1] }
        }
        let squares = inverse.form(residuals)
        let degrees = Double(restricted ? n - p : n)
        let ofDesign = restricted ? solved.logDeterminant : 0
        return -(degrees * (1 + .log(2 * .pi * squares / degrees)) + factors.logDeterminant + ofDesign) / 2
    }

    @Test("Sums over pairs give the likelihood of the whole matrix, with gaps; their derivatives are its own")
    func profile() throws {
        let (design, response, times) = Self.sample(0.4, seed: 1)
        let columns = (0..<2).map { column in (0..<design.rows).map { design[$0, column] } }
        let moments = AutoregressiveMoments(columns + [response], times: times)
        for restricted in [true, false] {
            func at(_ rho: Double) -> AutoregressiveProfile {
                AutoregressiveProfile(moments, at: rho, observations: design.rows, restricted: restricted)
            }
            for rho in [-0.9, -0.35, 0, 0.2, 0.75, 0.97] {
                let expected = Self.dense(design, response, times, rho: rho, restricted: restricted)
                #expect(at(rho).logLikelihood.isNear(expected, within: 1e-9))
                let height = AutoregressiveProfile.height(
                    moments, at: rho, observations: design.rows, restricted: restricted)
                #expect(height.isNear(expected, within: 1e-9))
                let h = 1e-4
                let (up, down) = (at(rho + h).logLikelihood, at(rho - h).logLikelihood)
                let derivatives = at(rho).derivatives
                #expect(derivatives.slope.isNear((up - down) / (2 * h), within: 1e-3))
                let curvature = (at(rho + h).derivatives.slope - at(rho - h).derivatives.slope) / (2 * h)
                #expect(derivatives.curvature.isNear(curvature, within: 1e-3))
            }
        }
    }

    @Test("No ρ of a fine grid is likelier than the one found", arguments: [-0.6, 0, 0.5, 0.9])
    func grid(rho: Double) throws {
        for seed in 1...5 {
            let (design, response, times) = Self.sample(rho, seed: UInt64(seed), count: 20)
            for (estimator, restricted) in [
                (AutoregressiveRegression.Estimator.likelihood, false), (.restrictedLikelihood, true),
            ] {
                let fit = try AutoregressiveRegression(design, response, times: times, by: estimator)
                let found = try #require(fit.logLikelihood)
                for step in stride(from: -98, through: 98, by: 4) {
                    let other = Self.dense(
                        design, response, times, rho: Double(step) / 100, restricted: restricted)
                    #expect(other <= found + 1e-8)
                }
                #expect(fit.record.isAtBoundary || abs(fit.record.slope) < 1e-6)
            }
        }
    }

    @Test("Shift, scale and a line added change what they should; degrees lie between 0 and n − p")
    func invariances() throws {
        for seed in 1...10 {
            let (design, response, times) = Self.sample(0.3, seed: UInt64(seed))
            let fit = try AutoregressiveRegression(design, response, times: times, by: .restrictedLikelihood)
            let moved = try AutoregressiveRegression(
                design, zip(response, times).map { 1e6 + 10 * $0 - 3 * Double($1) }, times: times.map { $0 + 999 },
                by: .restrictedLikelihood)
            #expect(moved.rho.isNear(fit.rho, within: 1e-7))
            #expect(moved.coefficients[1].isNear(10 * fit.coefficients[1] - 3, within: 1e-7))
            #expect((moved.covariance[1, 1] / 100).isNear(fit.covariance[1, 1], within: 1e-7))
            let degrees = fit.degrees(of: [0, 1])
            #expect(degrees > 0 && degrees <= Double(fit.degrees))
            #expect(degrees.isNear(fit.degrees(of: [0, 5]), within: 1e-8))
        }
    }

    @Test("Degrees agree with the slope of the variance by ρ and the curvature of the likelihood, by differences")
    func satterthwaite() throws {
        let (design, response, times) = Self.sample(0.3, seed: 3)
        let fit = try AutoregressiveRegression(design, response, times: times, by: .restrictedLikelihood)
        let columns = (0..<2).map { column in (0..<design.rows).map { design[$0, column] } }
        let moments = AutoregressiveMoments(columns + [response], times: times)
        let degrees = Double(design.rows - 2)
        func at(_ rho: Double) -> AutoregressiveProfile {
            AutoregressiveProfile(moments, at: rho, observations: design.rows, restricted: true)
        }
        let s2 = fit.deviation * fit.deviation
        /// The restricted log-likelihood of ρ and the variance, but for a constant: what the profile leaves out of the
        /// squares is the determinant.
        func likelihood(_ rho: Double, _ variance: Double) -> Double {
            let profile = at(rho)
            let best = profile.squares.value / degrees
            return profile.logLikelihood + degrees / 2 * (1 + .log(best)) - degrees / 2 * .log(variance)
                - profile.squares.value / (2 * variance)
        }
        let (h, k) = (1e-3, 1e-3 * s2)
        let (rho, l) = (fit.rho, likelihood)
        let ofRho = -(l(rho + h, s2) - 2 * l(rho, s2) + l(rho - h, s2)) / (h * h)
        let ofVariance = -(l(rho, s2 + k) - 2 * l(rho, s2) + l(rho, s2 - k)) / (k * k)
        let across = (l(rho + h, s2 + k) - l(rho - h, s2 + k)) - (l(rho + h, s2 - k) - l(rho - h, s2 - k))
        let both = -across / (4 * h * k)
        let slope = s2 * (at(rho + h).inverse[1, 1] - at(rho - h).inverse[1, 1]) / (2 * h)
        let value = s2 * at(rho).inverse[1, 1]
        let other = value / s2
        let determinant = ofRho * ofVariance - both * both
        let spread = (slope * slope * ofVariance - 2 * slope * other * both + other * other * ofRho) / determinant
        #expect(fit.degrees(of: [0, 1]).isNear(2 * value * value / spread, within: 1e-3))
    }

    @Test("Nothing to estimate is told: columns that depend, a response upon the line, too few rows")
    func refusals() {
        let times = [0, 1, 2, 3, 4]
        let line = Design(columns: [times.map { _ in 1 }, times.map(Double.init)])
        let double = Design(columns: [times.map { _ in 1 }, times.map { _ in 2 }])
        let rough = [1.0, 4, 2, 8, 3]
        func reason(_ design: Design, _ response: [Double]) -> AutoregressiveRegression.Failure? {
            do {
                _ = try AutoregressiveRegression(design, response, times: times, by: .restrictedLikelihood)
                return nil
            } catch { return error }
        }
        #expect(reason(double, rough) == .columns([1]))
        #expect(reason(line, times.map { 3 + 2 * Double($0) }) == .noVariation)
        #expect(reason(line, [0, 0, 0, 0, 0]) == .noVariation)
        #expect(reason(line, [1, .infinity, 2, 3, 4]) == .notConverged)
        #expect(reason(line, rough) == nil)
    }
}
