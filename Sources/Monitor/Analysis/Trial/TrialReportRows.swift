import Metrics

/// An effect by one method, or why it has none.
struct EffectRow: Encodable {
    struct Note: Encodable {
        let note: String
        let value: Nullable<Double>
    }

    let method: String
    let isAsked: Bool
    let unavailable: Nullable<String>
    let isRatio: Bool
    let estimate, low, high, p, standardError, degrees: Nullable<Double>
    let level: Double
    let seed: UInt64
    let clinics, participants: Nullable<Int>
    let notes: [Note]
    /// Of a search: its steps, what is left, and what that is.
    let iterations: Nullable<Int>
    let remaining: Nullable<Double>
    let remainingMeasure: Nullable<String>

    init(
        _ method: TrialMethod, _ result: Result<TrialEffect, TrialFailure>, isAsked: Bool = false,
        of analysis: TrialAnalysis
    ) {
        let effect = try? result.get()
        self.method = method.rawValue
        self.isAsked = isAsked
        if case .failure(let reason) = result {
            unavailable = Nullable(reason.rawValue)
        } else {
            unavailable = Nullable(nil)
        }
        isRatio = method.isRatio
        (estimate, low, high) = (Nullable(effect?.estimate), Nullable(effect?.lower), Nullable(effect?.upper))
        (p, standardError, degrees) = (Nullable(effect?.p), Nullable(effect?.standardError), Nullable(effect?.degrees))
        (level, seed) = (analysis.level, analysis.seed)
        (clinics, participants) = (Nullable(effect?.clinics), Nullable(effect?.participants))
        notes = (effect?.notes ?? []).map(Self.note)
        (iterations, remaining) = (Nullable(effect?.search?.iterations), Nullable(effect?.search?.remaining))
        remainingMeasure = Nullable(effect?.search?.measure.rawValue)
    }

    private static func note(_ note: TrialEffect.Note) -> Note {
        let (name, value): (String, Double?) =
            switch note {
            case .smallestP(let p): ("smallest_p", p)
            case .unbounded: ("unbounded", nil)
            case .clinicsAlike: ("clinics_alike", nil)
            case .degreesHeld: ("degrees_held", nil)
            case .madeUpEvents(let clinics): ("made_up", Double(clinics))
            case .clinicsWithoutData(let clinics): ("without_data", Double(clinics))
            case .sampled: ("sampled", nil)
            }
        return Note(note: name, value: Nullable(value))
    }
}

/// What the trial can tell whatever it finds.
struct CapacityRow: Encodable {
    let allocations, smallestP, degrees, meanSize, sizeVariation: Double
    let correlation, correlationLow, correlationHigh, designEffect, detectable: Nullable<Double>
    let level: Double

    init(_ capacity: TrialCapacity, level: Double) {
        (allocations, smallestP, degrees) = (capacity.allocations, capacity.smallestP, capacity.degrees)
        (meanSize, sizeVariation) = (capacity.meanSize, capacity.sizeVariation)
        correlation = Nullable(capacity.correlation)
        correlationLow = Nullable(capacity.correlationInterval?.lower)
        correlationHigh = Nullable(capacity.correlationInterval?.upper)
        (designEffect, detectable) = (Nullable(capacity.designEffect), Nullable(capacity.detectable))
        self.level = level
    }
}

/// A clinic's own change, which is no effect.
struct ClinicRow: Encodable {
    let clinic: String
    let arm: String
    let participants: Int
    let change: Double
    let low, high, deviation, deviationLow, deviationHigh: Nullable<Double>

    init(_ change: ClinicChange, _ clinic: TrialTable.Clinic) {
        self.clinic = clinic.code
        arm = clinic.isTreated ? "intervention" : "control"
        (participants, self.change) = (change.participants, change.change)
        (low, high) = (Nullable(change.interval?.lower), Nullable(change.interval?.upper))
        deviation = Nullable(change.deviation)
        deviationLow = Nullable(change.deviationInterval?.lower)
        deviationHigh = Nullable(change.deviationInterval?.upper)
    }
}
