import Metrics
import Words

/// What `mmt trial analyse --time` says of a file: the ratio of hazards of the arms.
struct TrialHazardReport: Encodable {
    struct Row: Encodable {
        let method: String
        let isAsked: Bool
        let unavailable: Nullable<String>
        let hazardRatio, low, high, p, degrees: Nullable<Double>
        let level: Double
        let clinics, participants, events: Int
        /// Of a search: its steps, and by how much −2 ln L could still fall.
        let iterations: Nullable<Int>
        let remaining: Nullable<Double>
    }
    struct Arm: Encodable {
        let arm, code: String
        let clinics, participants, events: Int
    }

    let arms: [Arm]
    let withoutCovariates: Int
    /// The Cox model within pairs or strata first.
    let effects: [Row]

    init(_ times: TrialTimes, level: Double) {
        let hazards = TrialHazards(times.subjects, level: level)
        let clinics = times.trial.clinics
        arms = [true, false].map { isTreated in
            let own = times.subjects.filter { ($0.covariates[0] == 1) == isTreated }
            return Arm(
                arm: isTreated ? "intervention" : "control",
                code: isTreated ? times.trial.arms.treated : times.trial.arms.control,
                clinics: clinics.count { $0.isTreated == isTreated }, participants: own.count,
                events: own.count(where: \.hasEvent))
        }
        withoutCovariates = times.withoutCovariates
        effects = HazardMethod.allCases.map { method in
            let result = hazards.effect(method)
            let test = (try? result.get()).flatMap { $0.ratio == nil ? nil : $0 }
            let ratio = test?.ratio
            var reason = test == nil ? TrialFailure.notComputable : nil
            if case .failure(let failure) = result { reason = failure }
            return Row(
                method: method.rawValue, isAsked: method == .pairedCox, unavailable: Nullable(reason?.rawValue),
                hazardRatio: Nullable(ratio?.point), low: Nullable(ratio?.interval.lower),
                high: Nullable(ratio?.interval.upper), p: Nullable(test?.p),
                degrees: Nullable(test?.degrees), level: level, clinics: hazards.clinics,
                participants: times.subjects.count, events: hazards.events,
                iterations: Nullable(test?.search?.iterations), remaining: Nullable(test?.search?.remaining))
        }
    }
}

extension TrialHazardReport {
    /// For a terminal.
    func text(_ words: Words) -> String {
        let numbers = NumberText(words: words)
        let level = numbers.amount((effects.first?.level ?? 0.95) * 100)
        let design =
            [
                ["trial.column.arm", "trial.column.clinics", "trial.column.participants", "survival.events"].map {
                    words($0)
                }
            ]
            + arms.map { arm in
                [words("choice.\(arm.arm)")] + [arm.clinics, arm.participants, arm.events].map(words.grouped)
            }
        let rows = effects.map { row in
            guard let ratio = row.hazardRatio.value, let low = row.low.value, let high = row.high.value else {
                let reason = words("trial.failure.\(row.unavailable.value ?? "")")
                return [words("trial.method.\(row.method)"), reason, "", ""]
            }
            let ends = words(
                "trial.interval", ["low": numbers.number(low, digits: 2), "high": numbers.number(high, digits: 2)])
            return [
                words("trial.method.\(row.method)"), "\(numbers.number(ratio, digits: 2)) (\(ends))",
                row.p.value.map(numbers.probability) ?? "",
                row.degrees.value.map { numbers.number($0, digits: 0) } ?? "",
            ]
        }
        let head = [
            words("trial.column.method"), words("analyse.column.hazard", ["level": level]), words("trial.column.p"),
            words("trial.column.degrees"),
        ]
        let left = withoutCovariates > 0 ? [words.counted("analyse.left_out", withoutCovariates)] : []
        return (TextTable.lines(design) + left + [""] + TextTable.lines([head] + rows) + [words("analyse.hazard")])
            .joined(separator: "\n")
    }
}
