import Ingest

/// Draws the clinics of the programme from the seed.
struct SampleRegistry {
    private var random: SampleRandom
    private let months: Int
    private let first: Month

    init(seed: UInt64, first: Month, months: Int) {
        random = SampleRandom(seed: seed, stream: -1)
        self.first = first
        self.months = months
    }

    /// Clinics in the order of their site codes, province by province.
    mutating func draw(clinics: Int) -> [SampleClinic] {
        let sizes = sizes(clinics)
        let courses = courses(for: sizes)
        var result: [SampleClinic] = []
        for (region, count) in zip(SampleRegion.all, SampleRegion.clinicCounts(total: clinics)) {
            for number in 1...max(1, count) where number <= count {
                let index = result.count
                let place = SamplePlace(region: region, number: number, index: index)
                result.append(clinic(place, size: sizes[index], course: courses[index]))
            }
        }
        for effect in [\SampleClinic.dropout, \.positivity, \.dose] { centre(&result, effect) }
        // One clinic of middling size had another code before the registry was made.
        let steady = result.filter { $0.course == .steady }
        if let renamed = steady.min(by: { abs($0.size - 150) < abs($1.size - 150) }) {
            result[renamed.index].formerCode = "MMT\(990_000 + random.whole(in: 100...999))"
        }
        return result
    }

    /// Makes the mean over clients 1, so that the programme's rates are those of `SampleRates` whatever the seed.
    private func centre(_ clinics: inout [SampleClinic], _ effect: WritableKeyPath<SampleClinic, Double>) {
        let clients = clinics.reduce(0) { $0 + $1.size }
        let mean = clinics.reduce(0) { $0 + $1.size * $1[keyPath: effect] } / clients
        for index in clinics.indices { clinics[index][keyPath: effect] /= mean }
    }

    /// Caseloads at the end of the period: log-normal, one tiny, one huge, scaled so that the mean is as published.
    private mutating func sizes(_ clinics: Int) -> [Double] {
        let middle = (0..<clinics - 2).map { _ in random.factor(logSD: SampleRates.caseloadLogSD) }
        let wanted =
            SampleRates.meanCaseload * Double(clinics) - SampleRates.largestCaseload - SampleRates.smallestCaseload
        let scale = wanted / middle.reduce(0, +)
        // Without a second giant, and without a second clinic that must be suppressed.
        let bounded = middle.map { min(max($0 * scale, 18), 0.7 * SampleRates.largestCaseload) }
        return random.shuffled(bounded + [SampleRates.smallestCaseload, SampleRates.largestCaseload])
    }

    /// Gives each story to the clinic whose size suits it best.
    private func courses(for sizes: [Double]) -> [SampleCourse] {
        var courses = [SampleCourse](repeating: .steady, count: sizes.count)
        let stories: [(course: SampleCourse, size: Double)] = [
            (.tiny, SampleRates.smallestCaseload), (.huge, SampleRates.largestCaseload),
            (.dropoutDriftsUp(from: months - 8), 290), (.positivityStepsUp(from: months - 14), 230),
            (.improves(from: months - 18), 210), (.opens(first: months / 2 - 3), 130), (.closes(last: months - 19), 55),
        ]
        for story in stories {
            let free = courses.indices.filter { courses[$0] == .steady }
            let best = free.min { abs(sizes[$0] - story.size) < abs(sizes[$1] - story.size) }
            if let best { courses[best] = story.course }
        }
        return courses
    }

    private mutating func clinic(_ place: SamplePlace, size: Double, course: SampleCourse) -> SampleClinic {
        // Clinics with a story have no luck of their own, so that the story is the signal.
        let spread = course == .steady ? 1.0 : 0.0
        let opened = openedOn(course)
        return SampleClinic(
            index: place.index, site: place.site, region: place.region, name: place.name,
            nameChinese: place.nameChinese, affiliation: random.happens(0.6) ? "cdc" : "hospital",
            openedOn: opened, course: course, size: size,
            dropout: random.factor(logSD: spread * SampleRates.dropoutLogSD),
            positivity: random.factor(logSD: spread * SampleRates.positivityLogSD),
            dose: random.factor(logSD: spread * SampleRates.doseLogSD),
            attendance: 0.95 + 0.05 * random.uniform(), testing: 0.94 + 0.12 * random.uniform())
    }

    /// Most clinics opened in the years before the period: earlier than its run-up, so that they are in full swing.
    private mutating func openedOn(_ course: SampleCourse) -> String {
        let monthsBefore = SampleHistory.runUpMonths + random.whole(in: 10...60)
        let day = random.whole(in: 1...28)
        if case .opens(let index) = course { return (first + index).date(day: 1) }
        return (first - monthsBefore).date(day: day)
    }
}

/// Where a clinic stands in the registry.
private struct SamplePlace {
    let region: SampleRegion
    let number: Int
    let index: Int

    var site: String { "\(region.code)-\(number < 100 ? "0" : "")\(Month.twoDigits(number))" }
    var name: String { "\(SampleRegion.county(index).english) County Clinic" }
    var nameChinese: String { "\(SampleRegion.county(index).chinese)县门诊" }
}
