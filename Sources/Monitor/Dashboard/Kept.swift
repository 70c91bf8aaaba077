import Ingest
import Synchronization

/// Values that hold while the data stay the same: the next page of the same data needs them again.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var tag = ""
        var held: [Key: Value] = [:]
    }
    private let state = Mutex(State())
    private let reading = Mutex(())
    /// Pages are of a few months; past this many all go.
    private let most = 16

    /// - Parameter tag: what the value depends on beside its key; another tag empties all.
    func value(_ key: Key, tag: String, read: () throws -> Value) throws -> Value {
        let held = { self.state.withLock { $0.tag == tag ? $0.held[key] : nil } }
        if let held = held() { return held }
        // Pages asked for at once after a load need the same: one of them reads it, the others wait.
        return try reading.withLock { _ in
            if let held = held() { return held }
            let value = try read()
            state.withLock { state in
                if state.tag != tag || state.held.count >= most { state.held = [:] }
                state.tag = tag
                state.held[key] = value
            }
            return value
        }
    }
}

/// The same for each region: where its mark is another one it is read anew, and only it.
final class KeptByRegion<Value: Sendable>: Sendable {
    private struct State {
        var tag = ""
        var held: [Int: (mark: String, value: Value)] = [:]
    }
    private let state = Mutex(State())
    private let reading = Mutex(())

    /// - Parameters:
    ///   - marks: by region, what its value depends on.
    ///   - tag: what all values depend on; another one empties all.
    ///   - nothing: the value of a region of which nothing is read.
    func values(
        _ marks: [Int: String], tag: String, else nothing: Value, read: ([Int]) throws -> [Int: Value]
    ) throws -> [Int: Value] {
        func held() -> (values: [Int: Value], changed: [Int: String]) {
            let held = state.withLock { $0.tag == tag ? $0.held : [:] }
            let same = held.filter { marks[$0.key] == $0.value.mark }
            return (same.mapValues(\.value), marks.filter { same[$0.key] == nil })
        }
        let first = held()
        if first.changed.isEmpty { return first.values }
        return try reading.withLock { _ in
            var (values, changed) = held()
            if changed.isEmpty { return values }
            let read = try read(changed.keys.sorted())
            for region in changed.keys { values[region] = read[region] ?? nothing }
            state.withLock { state in
                if state.tag != tag { state = State(tag: tag) }
                for (region, mark) in changed { state.held[region] = values[region].map { (mark, $0) } }
            }
            return values
        }
    }
}

/// What is the same on many pages: read once for each version of the data, or of a region's.
final class KeptCounts: Sendable {
    let marks = Kept<Scope.Place, RegionMarks>()
    /// By indicator and month.
    let series = KeptByRegion<[String: [Month: Count]]>()
    /// By site number, indicator and month.
    let siteSeries = KeptByRegion<[Int: [String: [Month: Count]]]>()
    let reports = KeptByRegion<RegionReports>()
    let followUps = Kept<FollowUpKey, ProgrammeFollowUp>()
}
