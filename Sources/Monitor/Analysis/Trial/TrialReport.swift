import Metrics

/// What `mmt trial analyse` says of a file: what the trial can tell, who was counted, the effect by the method asked for and
/// by every other, and what it hangs on. Every key is always there; what has no value is null.
struct TrialReport: Encodable {
    struct Asked: Encodable {
        let outcome: String
        let scale: String
        let isScaleFound: Bool
        let visit: Int
        let baselineVisit: Nullable<Int>
        let adjustedFor: [String]
        let missing: String
        let level: Double
        let seed: UInt64
    }
    struct Arm: Encodable {
        let arm: String
        let code: String
        let clinics: Int
        let participants: Int
        let counted: Int
        let leftOut: TrialFile.LeftOut
    }
    struct Sensitivity: Encodable {
        let `if`: String
        let clinic: Nullable<String>
        let effect: EffectRow
    }
    struct Tipping: Encodable {
        let shift: Nullable<Double>
        let state: String
    }
    struct PenalisedOdds: Encodable {
        let method: String
        let oddsRatio: Nullable<Double>
    }
    struct Verdict: Encodable {
        let verdict: String
        let others: Int
        let clear: Int
    }

    let asked: Asked
    let arms: [Arm]
    let capacity: CapacityRow?
    /// The method asked for first.
    let effects: [EffectRow]
    let verdict: Verdict
    /// Where something tells apart yes and no: what a penalty makes of the odds.
    let penalisedOdds: [PenalisedOdds]
    let sensitivity: [Sensitivity]
    let tippingPoint: Tipping
    let clinics: [ClinicRow]

    // What the text is made from, not written as JSON.
    let file: TrialFile
    let results: [(method: TrialMethod, result: Result<TrialEffect, TrialFailure>)]
    let tipping: TippingPoint

    enum CodingKeys: String, CodingKey, CaseIterable {
        case asked, arms, capacity, effects, verdict, penalisedOdds, sensitivity, tippingPoint, clinics
    }
}

/// A value that is written as null where there is none, so that keys stay.
struct Nullable<Value: Encodable>: Encodable {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}
