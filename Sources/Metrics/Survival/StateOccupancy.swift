/// The share in treatment, out of it or dead by time since the first admission, coming back being allowed.
///
/// Multi-state Aalen–Johansen: p(t) = p(t−)(I + dA). A dropout need not be the end: of the clients of fourteen clinics
/// four in five dropped out, and four in five of these came back.
public struct StateOccupancy: Sendable {
    /// A stretch of one client in one state.
    public struct Stretch: Equatable, Sendable {
        public let client: Int
        public let from: Double
        public let to: Double
        /// The state it was spent in, numbered from 0.
        public let state: Int
        /// The state it ended in; nil where the client was last seen.
        public let next: Int?

        public init(client: Int, from: Double, to: Double, state: Int, next: Int?) {
            (self.client, self.from, self.to, self.state, self.next) = (client, from, to, state, next)
        }
    }

    /// Times of a change of state, ascending.
    public let times: [Double]
    /// shares[i][state] after times[i].
    public let shares: [[Double]]
    /// Standard errors by the infinitesimal jackknife, a client being the unit (Therneau & Grambsch 2000, ch. 7).
    public let standardErrors: [[Double]]

    /// Everybody begins in state `start`.
    public init(_ stretches: [Stretch], states: Int, start: Int = 0) {
        let leaving = stretches.indices.filter { stretches[$0].next != nil }.sorted {
            stretches[$0].to < stretches[$1].to
        }
        times = leaving.reduce(into: []) { times, index in
            if times.last != stretches[index].to { times.append(stretches[index].to) }
        }
        var share = Array(repeating: 0.0, count: states)
        share[start] = 1
        var influence = Influence(stretches, states: states)
        let entering = stretches.indices.sorted { stretches[$0].from < stretches[$1].from }
        let exiting = stretches.indices.sorted { stretches[$0].to < stretches[$1].to }
        var present: Set<Int> = []
        var (entered, exited) = (0, 0)
        var (shares, errors): ([[Double]], [[Double]]) = ([], [])
        for time in times {
            while entered < entering.count, stretches[entering[entered]].from < time {
                present.insert(entering[entered])
                entered += 1
            }
            while exited < exiting.count, stretches[exiting[exited]].to < time {
                present.remove(exiting[exited])
                exited += 1
            }
            let moves = Moves(of: present, at: time, stretches, states: states)
            influence.add(moves, of: present, at: time, stretches, shares: share)
            share = moves.applied(to: share)
            shares.append(share)
            errors.append(influence.standardErrors)
        }
        (self.shares, standardErrors) = (shares, errors)
    }

    /// Shares and standard errors at a time; before the first change everybody is in the state they began in.
    public func value(at time: Double) -> (shares: [Double], standardErrors: [Double])? {
        let after = times.partitioningIndex { $0 > time }
        return after > 0 ? (shares[after - 1], standardErrors[after - 1]) : nil
    }
}

/// Who was in which state before a time, and what share of them moved where.
private struct Moves {
    let atRisk: [Double]
    /// dA, by state and the state it was left for.
    let hazard: [[Double]]

    init(of present: Set<Int>, at time: Double, _ stretches: [StateOccupancy.Stretch], states: Int) {
        var atRisk = Array(repeating: 0.0, count: states)
        var moved = Array(repeating: Array(repeating: 0.0, count: states), count: states)
        for index in present {
            let stretch = stretches[index]
            atRisk[stretch.state] += 1
            if let next = stretch.next, stretch.to == time { moved[stretch.state][next] += 1 }
        }
        hazard = zip(moved, atRisk).map { row, n in row.map { n > 0 ? $0 / n : 0 } }
        self.atRisk = atRisk
    }

    /// p (I + dA): what leaves one state arrives in another.
    func applied(to shares: [Double]) -> [Double] {
        var stepped = shares
        for (state, row) in hazard.enumerated() where shares[state] != 0 {
            for (next, rate) in row.enumerated() where rate != 0 {
                stepped[next] += shares[state] * rate
                stepped[state] -= shares[state] * rate
            }
        }
        return stepped
    }
}

/// What each client has added to the shares so far.
private struct Influence {
    private var rows: [[Double]]
    /// The row of each stretch's client.
    private let rowOf: [Int]

    init(_ stretches: [StateOccupancy.Stretch], states: Int) {
        var numbers: [Int: Int] = [:]
        rowOf = stretches.map { stretch in
            let row = numbers[stretch.client] ?? numbers.count
            numbers[stretch.client] = row
            return row
        }
        rows = Array(repeating: Array(repeating: 0, count: states), count: numbers.count)
    }

    mutating func add(
        _ moves: Moves, of present: Set<Int>, at time: Double, _ stretches: [StateOccupancy.Stretch], shares: [Double]
    ) {
        for row in rows.indices { rows[row] = moves.applied(to: rows[row]) }
        for index in present {
            let stretch = stretches[index]
            let size = shares[stretch.state] / moves.atRisk[stretch.state]
            for (next, rate) in moves.hazard[stretch.state].enumerated() {
                let own = (stretch.to == time && stretch.next == next ? 1 : 0) - rate
                rows[rowOf[index]][next] += size * own
                rows[rowOf[index]][stretch.state] -= size * own
            }
        }
    }

    var standardErrors: [Double] {
        (rows.first ?? []).indices.map { state in rows.reduce(0) { $0 + $1[state] * $1[state] }.squareRoot() }
    }
}
