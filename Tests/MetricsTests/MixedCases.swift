import Testing

@testable import Metrics

/// The models of the reference set that are told of by tables of coefficients.
struct MixedCase: Sendable, CustomTestStringConvertible {
    let file: String
    let fit: String
    var satterthwaite: String?
    var kenwardRoger: String?
    var clusters: String?
    let data: @Sendable () throws -> MixedData
    var effects = RandomEffects.nested

    var testDescription: String { fit }

    private static func trial(_ fixed: [MixedData.Column], _ file: String = "trial.csv") throws -> MixedData {
        MixedData(try Reference.table(file), outcome: "score", cluster: "clinic", subject: "client", fixed: fixed)
    }

    private static func visits(_ further: [String] = []) -> [MixedData.Column] {
        MixedData.armByVisit(visits: [0, 3, 6, 9], further: further)
    }

    private static var line: [MixedData.Column] {
        let (arm, month) = (MixedData.number("arm"), MixedData.number("month"))
        return [
            MixedData.intercept, ("arm", arm), ("month", month), ("arm:month", { arm($0) * month($0) }),
        ]
    }

    /// Follow-up visits of clients whose first score is known, which is centred at the mean of first scores.
    static func ancova() throws -> MixedData {
        let table = try Reference.table("trial.csv")
        let first = table.filter { $0["month"] == "0" && Double($0["score"] ?? "") != nil }
        let scores = first.compactMap { Double($0["score"] ?? "") }
        let mean = scores.reduce(0, +) / Double(scores.count)
        let byClient = Dictionary(uniqueKeysWithValues: zip(first.map { $0["client"] ?? "" }, scores))
        let follow = table.filter { $0["month"] != "0" && byClient[$0["client"] ?? ""] != nil }
        let base: MixedData.Column = ("basec", { (byClient[$0["client"] ?? ""] ?? .nan) - mean })
        return MixedData(
            follow, outcome: "score", cluster: "clinic", subject: "client",
            fixed: MixedData.armByVisit(visits: [3, 6, 9]) + [base])
    }

    private static func constrained() throws -> MixedData {
        let indicators = visits().filter { $0.0.hasPrefix("fm") }
        let effects: [MixedData.Column] = [3, 6, 9].map { month in
            ("a\(month)", { MixedData.number("arm")($0) * (MixedData.number("month")($0) == month ? 1 : 0) })
        }
        return try trial([MixedData.intercept] + indicators + effects.map { ($0.0.replacing(".0", with: ""), $0.1) })
    }

    private static func clinicVisits() throws -> MixedData {
        var data = try trial(visits())
        let table = try Reference.table("trial.csv").filter { Double($0["score"] ?? "") != nil }
        let visit = table.map { (Int($0["month"] ?? "") ?? 0) / 3 }
        data.rows.clusterEffects += MixedModelRows.indicators(visit, count: 4)
        return data
    }

    private static func slope() throws -> MixedData {
        var data = try trial(line)
        data.rows.subjectEffects.append(data.rows.fixed[2])
        return data
    }

    private static func sleep(slope: Bool) throws -> MixedData {
        var data = MixedData(
            try Reference.table("real_sleepstudy.csv"), outcome: "Reaction", cluster: "Subject",
            fixed: [MixedData.intercept, ("Days", MixedData.number("Days"))])
        if slope { data.rows.clusterEffects.append(data.rows.fixed[1]) }
        return data
    }

    private static func orthodont() throws -> MixedData {
        let (age, male): (([String: String]) -> Double, ([String: String]) -> Double) = (
            MixedData.number("age"), { $0["Sex"] == "Male" ? 1 : 0 }
        )
        return MixedData(
            try Reference.table("real_orthodont.csv"), outcome: "distance", cluster: "Subject",
            fixed: [
                MixedData.intercept, ("age", age), ("SexMale", male), ("age:SexMale", { age($0) * male($0) }),
            ])
    }

    private static func steps(nested: Bool) throws -> MixedData {
        let table = try Reference.table("stepped_wedge.csv").map { row in
            row.merging(["cell": "\(row["cluster"] ?? "") \(row["period"] ?? "")"]) { one, _ in one }
        }
        let periods: [MixedData.Column] = (1...6).map { period in
            ("p\(period)", { MixedData.number("period")($0) == Double(period) ? 1 : 0 })
        }
        return MixedData(
            table, outcome: "y", cluster: "cluster", subject: nested ? "cell" : nil,
            fixed: [MixedData.intercept, ("treat", MixedData.number("treat"))] + periods)
    }

    static let all: [MixedCase] = [
        MixedCase(
            file: "trial_lmm", fit: "lmm.main.fit", satterthwaite: "lmm.main.satterthwaite",
            kenwardRoger: "lmm.main.kr",
            clusters: "lmm.main.blup.clinic", data: { try trial(visits()) }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.linear.fit", satterthwaite: "lmm.linear.satt", kenwardRoger: "lmm.linear.kr",
            data: { try trial(line) }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.ancova.fit", satterthwaite: "lmm.ancova.satt", kenwardRoger: "lmm.ancova.kr",
            clusters: "lmm.ancova.blup.clinic", data: { try ancova() }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.clda.fit", satterthwaite: "lmm.clda.satt", kenwardRoger: "lmm.clda.kr",
            data: { try constrained() }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.covariates.fit", kenwardRoger: "lmm.covariates.kr",
            data: { try trial(visits(["age", "female", "years_use", "dose_mg"])) }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.clinicvisit.fit", satterthwaite: "lmm.clinicvisit.satt",
            kenwardRoger: "lmm.clinicvisit.kr", data: { try clinicVisits() }, effects: .clusterVisits(4)),
        MixedCase(
            file: "trial_lmm", fit: "lmm.slope.fit", satterthwaite: "lmm.slope.satt", data: { try slope() },
            effects: RandomEffects(subject: .unstructured(2), cluster: .intercept)),
        MixedCase(
            file: "trial_lmm", fit: "lmm.provider.fit", satterthwaite: "lmm.provider.satt",
            kenwardRoger: "lmm.provider.kr",
            data: {
                MixedData(
                    try Reference.table("providers.csv"), outcome: "interaction", cluster: "clinic",
                    subject: "provider", fixed: visits())
            }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.nullclinic.fit", satterthwaite: "lmm.nullclinic.satt",
            kenwardRoger: "lmm.nullclinic.kr", clusters: "lmm.nullclinic.blup.clinic",
            data: { try trial(visits(), "trial_nullclinic.csv") }),
        MixedCase(
            file: "trial_lmm", fit: "lmm.single.fit", satterthwaite: "lmm.single.satt", kenwardRoger: "lmm.single.kr",
            clusters: "lmm.single.blup.clinic", data: { try trial(visits(), "trial_single.csv") }),
        MixedCase(
            file: "rollout_sw", fit: "sw.hh.fit", satterthwaite: "sw.hh.satt", kenwardRoger: "sw.hh.kr",
            data: { try steps(nested: false) }, effects: .clusterOnly),
        MixedCase(
            file: "rollout_sw", fit: "sw.nested.fit", satterthwaite: "sw.nested.satt", kenwardRoger: "sw.nested.kr",
            data: { try steps(nested: true) }),
        MixedCase(
            file: "real", fit: "sleepstudy.slope.fit", satterthwaite: "sleepstudy.slope.satt",
            kenwardRoger: "sleepstudy.slope.kr", data: { try sleep(slope: true) },
            effects: RandomEffects(subject: .none, cluster: .unstructured(2))),
        MixedCase(
            file: "real", fit: "sleepstudy.int.fit", kenwardRoger: "sleepstudy.int.kr",
            clusters: "sleepstudy.int.blup", data: { try sleep(slope: false) }, effects: .clusterOnly),
        MixedCase(
            file: "real", fit: "dyestuff.fit", satterthwaite: "dyestuff.satt", kenwardRoger: "dyestuff.kr",
            clusters: "dyestuff.blup",
            data: {
                MixedData(
                    try Reference.table("real_dyestuff.csv"), outcome: "Yield", cluster: "Batch",
                    fixed: [MixedData.intercept])
            }, effects: .clusterOnly),
        MixedCase(
            file: "real", fit: "orthodont.fit", satterthwaite: "orthodont.satt", kenwardRoger: "orthodont.kr",
            data: { try orthodont() }, effects: .clusterOnly),
    ]
}
