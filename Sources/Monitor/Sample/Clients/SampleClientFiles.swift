import Ingest

/// The files of client records: registers of stays, dosing sheets, urine tests, interviews and providers of one province.
struct SampleClientFiles: Sendable {
    private(set) var files: [SampleFile] = []
    /// What was put into them on purpose.
    let slips: [SampleSlip]

    init(_ programme: SampleProgramme) {
        let scope = SampleRecordScope(clinics: programme.clinics, months: programme.months)
        let register = SampleRegister(programme, scope: scope)
        slips = SampleSlip.plan(register, scope, programme)
        let writing = SampleClientWriting(programme: programme, codes: register.codes, slips: slips)
        let province = scope.clinics.first?.region.slug ?? ""
        let providers = SampleProviders(scope, programme)
        files = [
            SampleFile(name: "clients_episodes_\(province).csv", bytes: writing.episodes(register.episodes)),
            SampleFile(name: "clients_providers_\(province).csv", bytes: writing.providers(providers.providers)),
            SampleFile(
                name: "clients_assessments_\(province).csv",
                bytes: writing.assessments(SampleInterviews(register, programme).rows + providers.rows)),
        ]
        for clinic in scope.withSheets {
            let sheets = SampleDosingSheets(register, of: clinic, programme)
            let site = clinic.site.lowercased()
            files.append(SampleFile(name: "clients_doses_\(site).csv", bytes: writing.doses(sheets, clinic)))
            files.append(SampleFile(name: "clients_urine_\(site).csv", bytes: writing.tests(sheets, clinic)))
        }
        let corrected = register.episodes.filter { writing.isCorrected($0) }
        if !corrected.isEmpty {
            let bytes = writing.episodes(corrected, areCorrected: true)
            files.append(SampleFile(name: "clients_episodes_\(province)_later.csv", bytes: bytes))
        }
    }
}

/// Writes client records as CSV: UTF-8, with the columns of `mmt template`.
struct SampleClientWriting {
    let programme: SampleProgramme
    let codes: [Int: String]
    let slips: [SampleSlip]

    func isCorrected(_ episode: SampleEpisode) -> Bool {
        slips.contains { slip in
            slip.kind == .exitCorrected && slip.number == episode.number
                && slip.site == programme.clinics[episode.clinic].site && episode.ended.map(slip.concerns) ?? false
        }
    }

    func episodes(_ episodes: [SampleEpisode], areCorrected: Bool = false) -> [UInt8] {
        let header = [
            "site", "client", "started_on", "ended_on", "exit_reason", "entry", "sex", "birth_year", "injecting", "hiv",
            "employed",
        ]
        let year = programme.firstMonth.year
        return bytes(
            header,
            episodes.map { episode in
                let person = SamplePerson(client: episode.number, seed: programme.seed, year: year)
                let isWrong = !areCorrected && isCorrected(episode)
                let says = Dictionary(uniqueKeysWithValues: zip(SampleBehaviour.allCases, episode.answers))
                return [
                    programme.clinics[episode.clinic].site, code(episode.number), "\(episode.started)",
                    episode.ended?.description ?? "",
                    isWrong ? SampleExit.dropout.word : episode.exit?.word ?? "", episode.entry?.rawValue ?? "",
                    person.sex, "\(person.birthYear)", says[.injecting] == true ? "yes" : "no",
                    person.hasHIV.map { $0 ? "positive" : "negative" } ?? "unknown",
                    says[.employment] == true ? "yes" : "no",
                ]
            })
    }

    func doses(_ sheets: SampleDosingSheets, _ clinic: SampleClinic) -> [UInt8] {
        let slips = slips.filter { $0.site == clinic.site }
        var mistyped = slips.first { $0.kind == .doseMistyped }
        var rows: [[String]] = []
        for doses in sheets.doses {
            guard let day = doses.first?.day, !isLost(day, slips) else { continue }
            let date = day.description
            for dose in doses {
                let isWrong = mistyped.map { $0.number == dose.number && $0.concerns(day) } ?? false
                if isWrong { mistyped = nil }
                rows.append([clinic.site, code(dose.number), date, "\(isWrong ? dose.doseMg * 10 : dose.doseMg)"])
            }
        }
        return bytes(["site", "client", "dosed_on", "dose_mg"], rows)
    }

    func tests(_ sheets: SampleDosingSheets, _ clinic: SampleClinic) -> [UInt8] {
        let slips = slips.filter { $0.site == clinic.site && $0.kind == .notYetSent }
        let rows = sheets.tests.joined().filter { !isLost($0.day, slips) }.map { test in
            [clinic.site, code(test.number), "\(test.day)", "opioid", test.result, "scheduled"]
        }
        return bytes(["site", "client", "collected_on", "substance", "result", "schedule"], rows)
    }

    func assessments(_ assessments: [SampleAssessment]) -> [UInt8] {
        let header = ["site", "participant", "role", "visit_month", "instrument", "assessed_on", "status", "value"]
        return bytes(
            header,
            assessments.map { row in
                [
                    row.person.site, row.person.code, row.person.role, "\(row.visitMonth)", row.instrument,
                    row.day?.description ?? "", row.status, row.value.map(String.init) ?? "",
                ]
            })
    }

    func providers(_ providers: [SampleProviders.Provider]) -> [UInt8] {
        let header = [
            "site", "participant", "role", "enrolled_on", "withdrawn_on", "withdrawal_reason", "sex", "birth_year",
        ]
        return bytes(
            header,
            providers.map { provider in
                [
                    provider.site, provider.code, "provider", "\(provider.enrolled)",
                    provider.withdrawn?.description ?? "", provider.withdrawn == nil ? "" : "left the clinic",
                    provider.person.sex, "\(provider.person.birthYear)",
                ]
            })
    }

    private func code(_ number: Int) -> String { codes[number] ?? "" }

    private func isLost(_ day: Day, _ slips: [SampleSlip]) -> Bool {
        slips.contains { ($0.kind == .sheetsLost || $0.kind == .notYetSent) && $0.concerns(day) }
    }

    private func bytes(_ header: [String], _ rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in [header] + rows {
            bytes += row.joined(separator: ",").utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}

extension SampleExit {
    /// The reason in an episode's row.
    var word: String { "\(self)" }
}
