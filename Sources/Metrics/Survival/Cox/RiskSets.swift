/// Walks the risk sets of one stratum from the last event time to the first, keeping sums of e^η, x e^η and x xᵀ e^η.
struct RiskSets {
    /// What an event time adds: at one time with d events, ties are met by d risk sets (Efron 1977) or by one d times.
    struct Moment {
        let time: Double
        /// Subjects with the event now.
        let events: [Int]
        /// One for each risk set the time is made of.
        let sets: [Set]
    }

    struct Set {
        /// Share of those with the event that has left this risk set already, (l − 1)/d.
        let gone: Double
        let total: Double
        let mean: [Double]
        let covariance: SymmetricMatrix
    }

    let subjects: [CoxSubject]
    /// Subjects of the stratum, by falling exit and by falling entry.
    private let byExit: [Int]
    private let byEntry: [Int]
    private let efron: Bool

    init(_ subjects: [CoxSubject], stratum: [Int], efron: Bool) {
        self.subjects = subjects
        self.efron = efron
        byExit = stratum.sorted { subjects[$0].exit > subjects[$1].exit }
        byEntry = stratum.sorted { subjects[$0].entry > subjects[$1].entry }
    }

    /// Subjects of the stratum.
    var members: [Int] { byExit }

    /// The event times, falling, at given coefficients.
    func moments(_ coefficients: [Double], _ body: (Moment) -> Void) {
        let p = coefficients.count
        var sums = Sums(order: p)
        var (leaving, entering) = (0, 0)
        while leaving < byExit.count {
            let time = subjects[byExit[leaving]].exit
            var events: [Int] = []
            while leaving < byExit.count, subjects[byExit[leaving]].exit == time {
                let index = byExit[leaving]
                sums.add(1, subjects[index].covariates, coefficients)
                if subjects[index].hasEvent { events.append(index) }
                leaving += 1
            }
            // Who enters at this time or later is not at risk at it.
            while entering < byEntry.count, subjects[byEntry[entering]].entry >= time {
                sums.add(-1, subjects[byEntry[entering]].covariates, coefficients)
                entering += 1
            }
            guard !events.isEmpty else { continue }
            var tied = Sums(order: p)
            for index in events { tied.add(1, subjects[index].covariates, coefficients) }
            let sets = events.indices.map { place in
                let gone = efron ? Double(place) / Double(events.count) : 0
                return sums.set(less: gone, of: tied)
            }
            body(Moment(time: time, events: events, sets: sets))
        }
    }

    private struct Sums {
        private var total = 0.0
        private var first: [Double]
        private var second: SymmetricMatrix

        init(order: Int) {
            first = Array(repeating: 0, count: order)
            second = SymmetricMatrix(order: order)
        }

        mutating func add(_ sign: Double, _ x: [Double], _ coefficients: [Double]) {
            let weight = sign * .exp(zip(x, coefficients).reduce(0) { $0 + $1.0 * $1.1 })
            total += weight
            for column in x.indices { first[column] += weight * x[column] }
            second.add(weight, outerProductOf: x)
        }

        func set(less gone: Double, of tied: Sums) -> Set {
            let total = total - gone * tied.total
            let mean = zip(first, tied.first).map { ($0 - gone * $1) / total }
            var covariance = second
            covariance.add(-gone, times: tied.second)
            covariance.scale(by: 1 / total)
            covariance.add(-1, outerProductOf: mean)
            return Set(gone: gone, total: total, mean: mean, covariance: covariance)
        }
    }
}
