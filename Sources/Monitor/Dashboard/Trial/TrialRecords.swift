import Ingest
import Metrics
import Postgres

/// What was measured in a trial, from sums that PostgreSQL made: stand-ins of the participants for a score, as many people as
/// there were with the same answers for yes or no.
extension Counts {
    /// - Parameter trusted: without what was measured far from its day.
    /// - Returns: nil where nothing was measured, or the arms are hidden from the reader.
    func trialRecord(
        _ trial: Trial, _ outcome: TrialOutcome, _ clinics: [TrialClinic], trusted: Bool = false,
        _ connection: borrowing Connection
    ) throws -> TrialRecord? {
        let places = Dictionary(uniqueKeysWithValues: clinics.enumerated().map { ($1.id, $0) })
        let arms = clinics.compactMap(\.isIntervention)
        guard arms.count == clinics.count, outcome.scale != .timeToEvent else { return nil }
        let strata = Self.strata(clinics)
        let covariates = (outcome.planned?.covariates ?? []).filter { ["age", "female"].contains($0) }
        let parameters = [
            trial.code, outcome.role, outcome.code, "{\(covariates.joined(separator: ","))}", "\(trusted)",
        ]
        let (visits, participants) =
            outcome.scale == .binary
            ? try responses(parameters, places, covariates, connection)
            : try moments(parameters, places, covariates.count, connection)
        guard !participants.isEmpty else { return nil }
        return try TrialRecord(
            clinics: zip(arms, strata).map { TrialRecord.Clinic(isTreated: $0, stratum: $1) }, visits: visits,
            isBinary: outcome.scale == .binary, participants: participants)
    }

    /// Numbers of pairs or strata, in the order of the clinics.
    static func strata(_ clinics: [TrialClinic]) -> [Int] {
        let names = Set(clinics.map { $0.pair ?? $0.stratum ?? "" }).sorted()
        return clinics.map { names.firstIndex(of: $0.pair ?? $0.stratum ?? "") ?? 0 }
    }

    private func moments(
        _ parameters: [String?], _ places: [Int: Int], _ covariates: Int, _ connection: borrowing Connection
    ) throws -> (visits: [Int], participants: [TrialRecord.Participant]) {
        struct Pattern: Hashable {
            let clinic: Int
            let visits: [Int]
        }
        var products: [Pattern: [Double]] = [:]
        _ = try connection.query(sql.text("counts/trial_moments.sql"), parameters).map { row in
            guard let clinic = places[try row.integer("site_id")] else { return }
            let pattern = Pattern(clinic: clinic, visits: try row.numbers("visits").compactMap { $0.map { Int($0) } })
            let width = 1 + covariates + pattern.visits.count
            let (first, second) = (try row.integer("first") - 1, try row.integer("second") - 1)
            let product = try row.double("product") ?? 0
            products[pattern, default: Array(repeating: 0, count: width * width)][first * width + second] = product
            products[pattern]?[second * width + first] = product
        }
        let visits = Set(products.keys.flatMap(\.visits)).sorted()
        let participants = products.sorted {
            ($0.key.clinic, $0.key.visits.count) < ($1.key.clinic, $1.key.visits.count)
        }
        .flatMap { pattern, products in
            PatternMoments(
                clinic: pattern.clinic, visits: pattern.visits.compactMap(visits.firstIndex), covariates: covariates,
                products: products
            ).standIns(visitCount: visits.count) ?? []
        }
        return (visits, participants)
    }

    private func responses(
        _ parameters: [String?], _ places: [Int: Int], _ covariates: [String], _ connection: borrowing Connection
    ) throws -> (visits: [Int], participants: [TrialRecord.Participant]) {
        let rows = try connection.query(sql.text("counts/trial_responses.sql"), parameters).map { row in
            (
                clinic: places[try row.integer("site_id")],
                visits: try row.numbers("visits").compactMap { $0.map { Int($0) } },
                answers: try row.numbers("answers"), covariates: try covariates.map { try row.double($0) },
                people: try row.integer("people")
            )
        }
        let visits = Set(rows.flatMap(\.visits)).sorted()
        let participants = rows.flatMap { row -> [TrialRecord.Participant] in
            let known = row.covariates.compactMap(\.self)
            guard let clinic = row.clinic, known.count == covariates.count else { return [] }
            var outcomes = [Double?](repeating: nil, count: visits.count)
            for (visit, answer) in zip(row.visits, row.answers) {
                visits.firstIndex(of: visit).map { outcomes[$0] = answer }
            }
            let one = TrialRecord.Participant(clinic: clinic, outcomes: outcomes, covariates: known)
            return Array(repeating: one, count: row.people)
        }
        return (visits, participants)
    }

    /// Clients with the days that they stayed and whether they then dropped out, by clinic; nil while arms are hidden.
    func trialTimes(
        _ trial: Trial, _ clinics: [TrialClinic], _ connection: borrowing Connection
    ) throws -> [CoxSubject]? {
        guard let arms = TrialArms(clinics) else { return nil }
        let all = try connection.query(sql.text("counts/trial_times.sql"), [trial.code]).map(arms.people)
            .flatMap(\.self)
        return all.isEmpty ? nil : all
    }

    /// The same by doses under each rule of missed days, in the rules' order; empty while arms are hidden.
    func trialStays(
        _ trial: Trial, _ clinics: [TrialClinic], _ connection: borrowing Connection
    ) throws -> [TrialRuleStays] {
        guard let arms = TrialArms(clinics) else { return [] }
        let rows = try connection.query(sql.text("counts/trial_stays.sql"), [trial.code]).map { row in
            TrialRuleStays(
                missedDays: try row.integer("missed_days"),
                subjects: try row.int("site_id") == nil ? [] : try arms.people(row))
        }
        return rows.reduce(into: []) { rules, row in
            if rules.last?.missedDays != row.missedDays {
                rules.append(row)
            } else {
                rules[rules.count - 1].subjects += row.subjects
            }
        }
    }

    /// Sums of an outcome at baseline by clinic, in the order of the clinics that have any.
    func trialBaseline(
        _ trial: Trial, _ outcome: TrialOutcome, _ connection: borrowing Connection
    ) throws -> [ClusterMoments] {
        let sums = try connection.query(sql.text("counts/trial_baseline.sql"), [trial.code]).map { row in
            (
                isAsked: try row.string("role") == outcome.role && row.string("outcome") == outcome.code,
                people: try row.double("people") ?? 0, total: try row.double("total") ?? 0,
                squares: try row.double("squares") ?? 0
            )
        }.filter(\.isAsked)
        let people = sums.reduce(0) { $0 + $1.people }
        // A constant near the mean is taken out before anything is subtracted from squares.
        let centre = outcome.scale == .binary || people == 0 ? 0 : (sums.reduce(0) { $0 + $1.total } / people).rounded()
        return sums.map { sum in
            ClusterMoments(
                members: sum.people, sum: sum.total - sum.people * centre,
                squares: sum.squares - 2 * centre * sum.total + sum.people * centre * centre)
        }
    }
}

/// The arms and strata of a trial's clinics, for rows of times in treatment.
private struct TrialArms {
    private let clinics: [TrialClinic]
    private let strata: [Int]
    private let places: [Int: Int]

    /// Nil while arms are hidden.
    init?(_ clinics: [TrialClinic]) {
        guard clinics.allSatisfy({ $0.isIntervention != nil }) else { return nil }
        self.clinics = clinics
        strata = Counts.strata(clinics)
        places = Dictionary(uniqueKeysWithValues: clinics.enumerated().map { ($1.id, $0) })
    }

    /// The participants of a row.
    func people(_ row: borrowing Row) throws -> [CoxSubject] {
        guard let place = places[try row.integer("site_id")] else { return [] }
        let one = CoxSubject(
            exit: Double(try row.integer("days")), hasEvent: try row.bool("has_dropped"),
            covariates: [clinics[place].isIntervention == true ? 1 : 0], stratum: strata[place], cluster: place)
        return Array(repeating: one, count: try row.integer("people"))
    }
}
