public import ArgumentParser
import Foundation
import Ingest
public import Metrics
import Words

extension TrialMethod: ExpressibleByArgument {}

struct TrialAnalyseCommand: AsyncParsableCommand {
    enum Scale: String, ExpressibleByArgument, CaseIterable { case binary, continuous }
    enum Missing: String, ExpressibleByArgument, CaseIterable {
        case leftOut = "left-out"
        case yes
    }

    static let configuration = CommandConfiguration(
        commandName: "analyse",
        abstract:
            "Analyse a cluster-randomised trial from a file of your own: nothing is stored, no database is needed.",
        discussion: """
            A row is a participant at a visit (--participant, --visit), or a participant (--baseline names the column of \
            what was measured before). Cells that are empty or NA are missing. Outcomes of nothing but 0 and 1 are yes \
            or no.

            Examples:
              mmt trial analyse trial.csv --outcome score --arm arm --cluster clinic --participant client --visit month
              mmt trial analyse wide.csv --outcome after --baseline before --arm group --treated B --cluster site
              mmt trial analyse stays.csv --time days --event dropout --arm arm --cluster clinic --pair pair

            JSON (every key is always there, null where there is no value): asked (outcome, scale, visit, baselineVisit, \
            adjustedFor, missing, level, seed), arms (clinics, participants, counted, leftOut), capacity, effects (method, \
            isAsked, estimate, low, high, p, degrees, standardError, isRatio, level, seed, clinics, participants, notes, \
            iterations, remaining, remainingMeasure, unavailable), verdict, penalisedOdds, sensitivity, tippingPoint, \
            clinics. Differences of yes or no are shares from 0 to 1. With --time: arms, withoutCovariates, effects \
            (hazardRatio, events, …).
            """)

    @Argument(help: "A CSV file: the first row names the columns.")
    var file: String

    @Option(help: "Column of the outcome.")
    var outcome: String?

    @Option(help: "Column of the arm.")
    var arm: String

    @Option(help: "Column of the clinic, or whatever was randomised.")
    var cluster: String

    @Option(help: "Column of the participant.")
    var participant: String?

    @Option(help: "Column of the visit: whole numbers, the smallest before the intervention.")
    var visit: String?

    @Option(help: "The visit at which arms are compared (default: the last).")
    var at: Int?

    @Option(help: "Column of the outcome before the intervention, where a row is a participant.")
    var baseline: String?

    @Option(help: "Column of the pair within which arms were drawn.")
    var pair: String?

    @Option(help: "Column of the stratum within which arms were drawn.")
    var stratum: String?

    @Option(help: "Columns of participants' covariates, with commas between.")
    var covariates: String = ""

    @Option(help: "The method that was planned.")
    var method: TrialMethod = .twoStage

    @Option(help: "The treated arm's code (default: 1 of 0 and 1).")
    var treated: String?

    @Option(help: "Whoever is missing at the visit: left-out, or yes where the outcome is yes or no.")
    var missing: Missing = .leftOut

    @Option(help: "What random draws begin from.")
    var seed: UInt64 = 20_261_123

    @Option(help: "Level of the intervals.")
    var level: Double = 0.95

    @Option(help: "binary or continuous (default: found from the values).")
    var scale: Scale?

    @Option(help: "Column of the time until the event, or until the participant was last seen.")
    var time: String?

    @Option(help: "Column of the event: 0 for none, 1 for one.")
    var event: String?

    @Option(help: "table or json.")
    var format: OutputFormat = .table

    @OptionGroup var languages: LanguageOption

    func validate() throws {
        guard (time == nil) == (event == nil) else { throw ValidationError("--time and --event belong together.") }
        guard (time == nil) != (outcome == nil) else {
            throw ValidationError("Name either --outcome, or --time and --event.")
        }
        guard pair == nil || stratum == nil else { throw ValidationError("Name --pair or --stratum, not both.") }
        guard visit == nil || baseline == nil else {
            throw ValidationError("--baseline is for files in which a row is a participant: leave out --visit.")
        }
        guard visit == nil || participant != nil else {
            throw ValidationError("With --visit name the column of the --participant too.")
        }
        guard at == nil || visit != nil else { throw ValidationError("--at is one of the visits of --visit.") }
        guard level > 0, level < 1 else { throw ValidationError("--level lies between 0 and 1, as in 0.95.") }
        guard format != .csv else { throw ValidationError("--format is table or json.") }
    }

    func run() async throws {
        let words = try Catalogues.ofProgram()[languages.language]
        do {
            let names = covariates.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let trial = try TrialTable(
                DataTable(NamedFile.all([file])[0].open()),
                TrialTable.Columns(
                    arm: arm, clinic: cluster, stratum: pair ?? stratum, participant: participant, covariates: names,
                    treated: treated))
            print(try outcome.map { try effects(trial, $0, words) } ?? hazards(trial, words))
        } catch let fault as TrialFileFault {
            throw refused(words("analyse.fault.\(fault.code.rawValue)", fault.values))
        } catch let reason as TrialFailure {
            throw refused(words("trial.effect.none", ["reason": words("trial.failure.\(reason.rawValue)")]))
        } catch let refusal as FileRefusal {
            throw refused(words("refusal.\(refusal.code)", refusal.details))
        } catch let reason as NamedFile.Unreadable {
            throw refused("\(file): " + words("load.reason.\(reason.rawValue)"))
        }
    }

    private func effects(_ trial: TrialTable, _ outcome: String, _ words: Words) throws -> String {
        let asked = TrialFile.Asked(
            outcome: outcome, visit: visit, at: at, baseline: baseline, isBinary: scale.map { $0 == .binary })
        let report = try TrialReport(
            TrialFile(trial, asked),
            TrialReport.Options(method: method, missingCountAsYes: missing == .yes, level: level, seed: seed))
        return format == .json ? try Self.json(report) : TrialReportText(report: report, words: words).text
    }

    private func hazards(_ trial: TrialTable, _ words: Words) throws -> String {
        let report = TrialHazardReport(
            try TrialTimes(trial, time: time ?? "", event: event ?? ""), level: level)
        return format == .json ? try Self.json(report) : report.text(words)
    }

    private static func json(_ report: some Encodable) throws -> String {
        String(decoding: try Document.json(report, tag: nil).bytes, as: UTF8.self)
    }
}
