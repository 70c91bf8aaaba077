import Metrics
import Testing

@testable import Ingest

@Suite struct TrialPlanTests {
    @Test("each method that a plan may name is one that a page leads with, on that scale")
    func methods() {
        let planned = ReportKind.methodsOfScale
        #expect(planned.keys.sorted() == ["binary", "continuous", "time_to_event"])
        for scale in ["binary", "continuous"] {
            let known = TrialMethod.all(binary: scale == "binary").map(\.rawValue)
            #expect(planned[scale]?.isEmpty == false && Set(planned[scale] ?? []).isSubset(of: known), "\(scale)")
        }
        #expect(planned["time_to_event"]?.allSatisfy { HazardMethod(rawValue: $0) != nil } == true)
    }
}
