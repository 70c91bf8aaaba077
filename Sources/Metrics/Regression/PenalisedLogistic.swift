/// Logistic regression with estimates that stay finite where a column separates what happened from what did not.
///
/// It takes every row as independent: with clusters it gives an effect, not its error.
public struct PenalisedLogistic: Sendable {
    public let coefficients: [Double]
    public let covariance: SymmetricMatrix
    public let iterations: Int

    public var standardErrors: [Double] { coefficients.indices.map { covariance[$0, $0].squareRoot() } }

    public enum Failure: Error, Equatable, Sendable {
        case impossibleCounts
        case dependentColumns([Int])
        case notConverged
    }

    /// Mean bias reduction (Firth 1993): the maximum of the likelihood times Jeffreys' prior, |XᵀWX|^½. The covariance
    /// is the inverse of the information of the likelihood alone.
    ///
    /// - Parameter sizes: trials of each row; 1 each where nil.
    public static func firth(
        columns: [[Double]], counts: [Double], sizes: [Double]? = nil
    ) -> Result<PenalisedLogistic, Failure> {
        do throws(Failure) {
            var search = try FirthSearch(columns, counts, sizes ?? counts.map { _ in 1 })
            return .success(try search.run())
        } catch {
            return .failure(error)
        }
    }

    /// A log-F(m, m) prior on each coefficient that is asked for, as data: for each, m/2 successes and m/2 failures
    /// of a row in which its column alone is 1 (Greenland & Mansournia 2015). The intercept should not be among them.
    public static func logF(
        columns: [[Double]], counts: [Double], sizes: [Double]? = nil, penalised: [Int], m: Double = 1
    ) -> Result<PenalisedLogistic, Failure> {
        guard isPossible(columns, counts, sizes), m > 0, m.isFinite, penalised.allSatisfy(columns.indices.contains)
        else { return .failure(.impossibleCounts) }
        let prior = columns.indices.map { column in penalised.map { $0 == column ? 1.0 : 0 } }
        do throws(CountRegression.Failure) {
            let fit = try CountRegression(
                Design(columns: zip(columns, prior).map { $0 + $1 }),
                counts: counts + penalised.map { _ in m / 2 },
                sizes: (sizes ?? counts.map { _ in 1 }) + penalised.map { _ in m }, family: .binomial)
            return .success(
                PenalisedLogistic(
                    coefficients: fit.coefficients, covariance: fit.information.inverse(), iterations: 0))
        } catch {
            if case .columns(let columns) = error { return .failure(.dependentColumns(columns)) }
            return .failure(.notConverged)
        }
    }

    static func isPossible(_ columns: [[Double]], _ counts: [Double], _ sizes: [Double]?) -> Bool {
        let sizes = sizes ?? counts.map { _ in 1 }
        return !columns.isEmpty && !counts.isEmpty && sizes.count == counts.count
            && columns.allSatisfy { $0.count == counts.count && $0.allSatisfy(\.isFinite) }
            && zip(counts, sizes).allSatisfy { $0 >= 0 && $0 <= $1 && $1 > 0 && $1.isFinite }
    }
}
