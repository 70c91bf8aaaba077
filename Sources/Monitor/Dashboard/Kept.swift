import Ingest
import Synchronization

/// Values that hold while the data stay the same: the next page of the same data needs them again.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var tag = ""
        var held: [Key: Value] = [:]
    }
    private let state = Mutex(State())
    /// Pages are of a few months; past this many all go.
    private let most = 16

    /// - Parameter tag: what the value depends on beside its key; another tag empties all.
    func value(_ key: Key, tag: String, read: () throws -> Value) throws -> Value {
        if let held = state.withLock({ $0.tag == tag ? $0.held[key] : nil }) { return held }
        let value = try read()
        state.withLock { state in
            if state.tag != tag || state.held.count >= most { state.held = [:] }
            state.tag = tag
            state.held[key] = value
        }
        return value
    }
}

/// What is the same on many pages: read once for each version of the data.
final class KeptCounts: Sendable {
    /// The programme's series, which stand beside those of a clinic.
    let series = Kept<Scope.Place, [String: [Month: Count]]>()
    /// By region; nil: of the programme.
    let completeness = Kept<String?, [Month: Completeness]>()
    let followUps = Kept<FollowUpKey, ProgrammeFollowUp>()
}
