/// Trials of one design drawn and analysed by every method: how often each finds an effect that is not there, or one that
/// is, and how often its interval holds the truth.
public struct TrialSimulation: Sendable {
    /// p at most this is a finding.
    public static let significance = 0.05

    public let design: SimulatedDesign
    public let sets: Int
    public let seed: UInt64
    public let methods: [SimulatedMethod]

    /// - Parameter methods: Empty: all that the design allows. The trials drawn are the same.
    /// - Throws: `misshapen` for a design that cannot be drawn, or no data sets; `otherScale` for a method that it does not
    ///   allow.
    public init(
        _ design: SimulatedDesign, sets: Int, seed: UInt64, methods: [SimulatedMethod] = []
    ) throws(TrialFailure) {
        guard design.isPossible, sets > 0 else { throw .misshapen }
        let all = SimulatedMethod.all(design)
        guard methods.allSatisfy(all.contains) else { throw .otherScale }
        (self.design, self.sets, self.seed) = (design, sets, seed)
        self.methods = methods.isEmpty ? all : all.filter(methods.contains)
    }

    typealias Answer = Result<SimulatedAnswer, TrialFailure>

    /// The same whatever the number of tasks: each data set has a stream of its own, and they are added up in order.
    public func characteristics(tasks: Int) async -> [OperatingCharacteristics] {
        let lanes = max(1, min(tasks, sets))
        var answers = Array(repeating: [Answer](), count: sets)
        await withTaskGroup(of: [(Int, [Answer])].self) { group in
            for lane in 0..<lanes {
                group.addTask { stride(from: lane, to: sets, by: lanes).map { ($0, self.answers(set: $0)) } }
            }
            for await lane in group {
                for (set, own) in lane { answers[set] = own }
            }
        }
        return methods.enumerated().map { place, method in
            OperatingCharacteristics(method, answers.map { $0[place] })
        }
    }

    /// What each method says of one data set.
    private func answers(set: Int) -> [Answer] {
        var draws = SplitMix(seed: seed, set: set)
        let analysis: TrialAnalysis
        do throws(TrialFailure) {
            let record = try design.trial(using: &draws)
            analysis = try TrialAnalysis(record, adjustsForBaseline: design.visits > 1, seed: draws.next())
        } catch {
            return methods.map { _ in .failure(error) }
        }
        let last = LastVisit(analysis.record)
        return methods.map { method in
            do throws(TrialFailure) {
                return .success(try answer(method, analysis, last))
            } catch { return .failure(error) }
        }
    }

    private func answer(
        _ method: SimulatedMethod, _ analysis: TrialAnalysis, _ last: LastVisit
    ) throws(TrialFailure) -> SimulatedAnswer {
        let truth = method.truth(design)
        switch method {
        case .plain(let plain):
            let found = try last.estimate(plain)
            guard let p = found.p, let interval = found.interval(level: analysis.level) else { throw .notComputable }
            return SimulatedAnswer(
                estimate: found.estimate, lower: interval.lower, upper: interval.upper,
                isRejected: p <= Self.significance, truth: truth)
        case .trial(let own):
            let effect = try analysis.effect(own).get()
            func scaled(_ value: Double) -> Double { own.isRatio ? .log(value) : value }
            return SimulatedAnswer(
                estimate: scaled(effect.estimate), lower: effect.lower.map(scaled), upper: effect.upper.map(scaled),
                isRejected: effect.p.map { $0 <= Self.significance + 1e-12 } ?? effect.isClear, truth: truth)
        }
    }
}
