import Foundation
import Testing

@testable import Metrics

extension TrialRecord {
    /// A trial of the reference data, one outcome of it; participants in the order of the file.
    init(oracle file: String = "trial.csv", _ outcome: String, pairs: Bool = false) throws {
        let rows = try Reference.table(file)
        let names = Set(rows.map { $0["clinic"] ?? "" }).sorted()
        let arms = Dictionary(rows.map { ($0["clinic"] ?? "", $0["arm"] == "1") }) { first, _ in first }
        let visits = Set(rows.map { Int($0["month"] ?? "") ?? 0 }).sorted()
        let clients = Dictionary(grouping: rows) { $0["client"] ?? "" }.sorted { $0.key < $1.key }
        try self.init(
            clinics: names.enumerated().map {
                Clinic(isTreated: arms[$1] == true, stratum: pairs ? $0 / 2 : 0)
            }, visits: visits, isBinary: outcome == "urine_pos",
            participants: clients.map { _, rows in
                Participant(
                    clinic: names.firstIndex(of: rows[0]["clinic"] ?? "") ?? 0,
                    outcomes: visits.map { visit in
                        rows.first { Int($0["month"] ?? "") == visit }.flatMap { Double($0[outcome] ?? "") }
                    })
            })
    }

    /// The trial that script/oracle/trials.R drew: scores, or yes or no, of clinics within two strata, with a covariate.
    static func drawn(_ outcome: String) throws -> TrialRecord {
        let data = try drawn()["data"]
        let (clinics, arms, strata) = (data["clinic"].numbers, data["arm"].numbers, data["stratum"].numbers)
        let (ages, visits) = (data["age"].numbers, [0, 3, 6])
        let outcomes = visits.map { data["\(outcome)\($0)"].column }
        return try TrialRecord(
            clinics: (1...8).map { clinic in
                let row = clinics.firstIndex(of: Double(clinic)) ?? 0
                return Clinic(isTreated: arms[row] == 1, stratum: Int(strata[row]))
            }, visits: visits, isBinary: outcome == "use",
            participants: clinics.indices.map { row in
                Participant(
                    clinic: Int(clinics[row]) - 1, outcomes: outcomes.map { $0[row] },
                    // Tens of years: what R was given for the logistic model.
                    covariates: [ages[row] / 10])
            })
    }

    /// What R says of it.
    static func drawn() throws -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try JSON(contentsOf: folder.appending(path: "Fixtures/trials.json"))
    }

    /// The same clinics and visits with other participants.
    func with(_ participants: [Participant]) throws -> TrialRecord {
        try TrialRecord(clinics: clinics, visits: visits, isBinary: isBinary, participants: participants)
    }

    /// The same with every outcome put through a function.
    func mapped(_ change: (Double) -> Double) throws -> TrialRecord {
        try with(
            participants.map { who in
                Participant(
                    clinic: who.clinic, outcomes: who.outcomes.map { $0.map(change) }, covariates: who.covariates)
            })
    }
}

extension SeededGenerator {
    /// A trial drawn at random: scores, or yes or no, that drift by clinic; one visit in so many missed.
    mutating func record(
        clinics: Int = 6, strata: Int = 1, members: ClosedRange<Int> = 8...20, binary: Bool = false,
        covariates: Int = 1, effect: Double = 0
    ) throws -> TrialRecord {
        let places = (0..<clinics).map { TrialRecord.Clinic(isTreated: $0 % 2 == 1, stratum: $0 * strata / clinics) }
        var participants: [TrialRecord.Participant] = []
        for clinic in places.indices {
            let level = normal()
            for _ in 0..<Int.random(in: members, using: &self) {
                let own = 2 * normal()
                let outcomes = (0..<4).map { visit -> Double? in
                    let shift = visit > 0 && places[clinic].isTreated ? effect : 0
                    let score = 30 + level + own + shift + 2 * normal()
                    let isMissed = Int.random(in: 0..<6, using: &self) == 0
                    return isMissed ? nil : binary ? (score > 30 ? 1 : 0) : (score * 10).rounded() / 10
                }
                participants.append(
                    TrialRecord.Participant(
                        clinic: clinic, outcomes: outcomes, covariates: (0..<covariates).map { _ in normal() }))
            }
        }
        return try TrialRecord(clinics: places, visits: [0, 3, 6, 9], isBinary: binary, participants: participants)
    }
}
