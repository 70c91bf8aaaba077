import Foundation
import Metrics

/// The golden numbers of the outlier tests, written by script/oracle/outliers.R.
enum OutlierFixture {
    static func numbers(_ key: String) throws -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try JSON(contentsOf: folder.appending(path: "Fixtures/outliers.json"))[key]
    }
}

extension Tolerance {
    /// Tails however small, with no absolute part.
    static let ofTails = Tolerance(relative: 1e-9, absolute: 0)
}

extension OutlierReport {
    /// One number of each finding by one method, nil where there is none.
    func column(_ method: OutlierMethod, _ number: (OutlierFinding) -> Double?) -> [Double?] {
        tests.filter { $0.method == method }.map { $0.finding.flatMap(number) }
    }

    func finding(_ method: OutlierMethod) -> OutlierFinding? {
        tests.last { $0.method == method }?.finding
    }

    func reason(_ method: OutlierMethod) -> Unavailable? {
        guard case .failure(let reason) = tests.last(where: { $0.method == method })?.result else { return nil }
        return reason
    }
}

extension OutlierFinding {
    var score: Double? {
        if case .score(let score) = statistic { score } else { nil }
    }
}
