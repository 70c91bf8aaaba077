import Metrics

extension TrialReport {
    struct Options {
        let method: TrialMethod
        let missingCountAsYes: Bool
        let level: Double
        let seed: UInt64
    }

    init(_ file: TrialFile, _ options: Options) throws {
        let isBinary = file.record.isBinary
        guard TrialMethod.all(binary: isBinary).contains(options.method) else {
            throw TrialFileFault(
                .methodOfOtherKind,
                [
                    "method": options.method.rawValue,
                    "methods": TrialMethod.all(binary: isBinary).map(\.rawValue).joined(separator: ", "),
                ])
        }
        guard isBinary || !options.missingCountAsYes else {
            throw TrialFileFault(.missingOfNumbers, ["outcome": file.asked.outcome])
        }
        func analysis(_ record: TrialRecord) throws -> TrialAnalysis {
            try TrialAnalysis(
                record, visit: file.visit, adjustsForBaseline: file.hasBaseline, level: options.level,
                seed: options.seed)
        }
        let plain = try analysis(file.record)
        let main = options.missingCountAsYes ? try analysis(plain.record(.countsAsYes)) : plain
        let others = TrialMethod.all(binary: isBinary).filter {
            $0 != options.method && !($0 == .welch && file.record.isStratified)
        }
        results = ([options.method] + others).map { ($0, main.effect($0)) }
        let (verdict, count) = TrialVerdict.of(results[0].result, others: results.dropFirst().map(\.result))
        self.file = file
        self.verdict = Verdict(verdict: verdict.rawValue, others: count.all, clear: count.clear)
        effects = results.enumerated().map { EffectRow($1.method, $1.result, isAsked: $0 == 0, of: main) }
        asked = Self.asked(file, options)
        arms = Self.arms(file, main)
        capacity = (try? Self.capacity(file, options)).map { CapacityRow($0, level: options.level) }
        let isSeparated = results.contains { if case .failure(.separated) = $0.result { true } else { false } }
        penalisedOdds =
            isSeparated
            ? OddsPenalty.allCases.map { penalty in
                PenalisedOdds(
                    method: penalty.rawValue, oddsRatio: Nullable(try? main.penalisedOddsRatio(penalty).get()))
            } : []
        sensitivity = Self.sensitivity(file, main: main, plain: plain, options)
        tipping = main.tippingPoint(options.method, most: file.record.range * 4)
        tippingPoint = Self.tippingRow(tipping)
        clinics = file.hasBaseline ? main.clinicChanges().map { ClinicRow($0, file.trial.clinics[$0.clinic]) } : []
    }

    private static func asked(_ file: TrialFile, _ options: Options) -> Asked {
        Asked(
            outcome: file.asked.outcome, scale: file.record.isBinary ? "binary" : "continuous",
            isScaleFound: file.asked.isBinary == nil, visit: file.visit,
            baselineVisit: Nullable(file.hasBaseline ? file.record.visits[0] : nil),
            adjustedFor: (file.hasBaseline ? ["baseline"] : []) + file.trial.columns.covariates,
            missing: options.missingCountAsYes ? "yes" : "left-out", level: options.level, seed: options.seed)
    }

    private static func arms(_ file: TrialFile, _ analysis: TrialAnalysis) -> [Arm] {
        [true, false].enumerated().map { place, isTreated in
            Arm(
                arm: isTreated ? "intervention" : "control",
                code: isTreated ? file.trial.arms.treated : file.trial.arms.control,
                clinics: file.trial.clinics.count { $0.isTreated == isTreated },
                participants: file.participants[place],
                counted: analysis.counted.count { analysis.record.clinics[$0.clinic].isTreated == isTreated },
                leftOut: file.leftOut[place])
        }
    }

    static func capacity(_ file: TrialFile, _ options: Options) throws -> TrialCapacity {
        let strata = Dictionary(grouping: file.trial.clinics, by: \.stratum).values.map { clinics in
            TrialCapacity.Stratum(clinics: clinics.count, treated: clinics.count(where: \.isTreated))
        }
        return try TrialCapacity(
            strata: strata, baseline: file.baseline, isBinary: file.record.isBinary, level: options.level)
    }

    private static func sensitivity(
        _ file: TrialFile, main: TrialAnalysis, plain: TrialAnalysis, _ options: Options
    ) -> [Sensitivity] {
        let method = options.method
        func row(_ name: String, _ result: Result<TrialEffect, TrialFailure>, clinic: String? = nil) -> Sensitivity {
            Sensitivity(if: name, clinic: Nullable(clinic), effect: EffectRow(method, result, of: main))
        }
        var rows: [Sensitivity] = []
        if main.adjustsForBaseline { rows.append(row("unadjusted", main.unadjusted(method))) }
        if file.record.isBinary, file.hasBaseline {
            rows.append(
                options.missingCountAsYes
                    ? row("missing_left_out", plain.effect(method))
                    : row("missing_yes", main.effect(method, missing: .countsAsYes)))
        }
        return rows
            + main.withoutEach(method).enumerated().map { place, result in
                row("without", result, clinic: file.trial.clinics[place].code)
            }
    }

    private static func tippingRow(_ point: TippingPoint) -> Tipping {
        switch point {
        case .shift(let shift): Tipping(shift: Nullable(shift), state: "shift")
        case .none: Tipping(shift: Nullable(nil), state: "none")
        case .unclear: Tipping(shift: Nullable(nil), state: "unclear")
        case .nobodyMissing: Tipping(shift: Nullable(nil), state: "nobody_missing")
        case .notEstimable(let reason): Tipping(shift: Nullable(nil), state: reason.rawValue)
        }
    }
}
