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
        let clients = Dictionary(grouping: stretches.indices, by: { stretches[$0].client })
        let leaving = stretches.indices.filter { stretches[$0].next != nil }.sorted {
            stretches[$0].to < stretches[$1].to
        }
        times = leaving.reduce(into: []) { times, index in
            if times.last != stretches[index].to { times.append(stretches[index].to) }
        }
        var share = Array(repeating: 0.0, count: states)
        share[start] = 1
        var influence = Array(repeating: Array(repeating: 0.0, count: states), count: clients.count)
        let clientOf = Self.rows(of: clients, count: stretches.count)
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
            var atRisk = Array(repeating: 0.0, count: states)
            var moved = Array(repeating: Array(repeating: 0.0, count: states), count: states)
            for index in present {
                atRisk[stretches[index].state] += 1
                if let next = stretches[index].next, stretches[index].to == time {
                    moved[stretches[index].state][next] += 1
                }
            }
            let hazard = zip(moved, atRisk).map { row, n in row.map { n > 0 ? $0 / n : 0 } }
            let before = share
            for client in influence.indices { influence[client] = Self.stepped(influence[client], by: hazard) }
            for index in present {
                let stretch = stretches[index]
                let size = before[stretch.state] / atRisk[stretch.state]
                for (next, rate) in hazard[stretch.state].enumerated() {
                    let own = (stretch.to == time && stretch.next == next ? 1 : 0) - rate
                    influence[clientOf[index]][next] += size * own
                    influence[clientOf[index]][stretch.state] -= size * own
                }
            }
            share = Self.stepped(share, by: hazard)
            shares.append(share)
            errors.append(
                (0..<states).map { state in
                    influence.reduce(0) { $0 + $1[state] * $1[state] }.squareRoot()
                })
        }
        (self.shares, standardErrors) = (shares, errors)
    }

    /// p (I + dA): what leaves one state arrives in another.
    private static func stepped(_ shares: [Double], by hazard: [[Double]]) -> [Double] {
        var stepped = shares
        for (state, row) in hazard.enumerated() where shares[state] != 0 {
            for (next, rate) in row.enumerated() where rate != 0 {
                stepped[next] += shares[state] * rate
                stepped[state] -= shares[state] * rate
            }
        }
        return stepped
    }

    private static func rows(of clients: [Int: [Int]], count: Int) -> [Int] {
        var rows = Array(repeating: 0, count: count)
        for (row, indices) in clients.values.enumerated() { for index in indices { rows[index] = row } }
        return rows
    }

    /// Shares and standard errors at a time; before the first change everybody is in the state they began in.
    public func value(at time: Double) -> (shares: [Double], standardErrors: [Double])? {
        let after = times.partitioningIndex { $0 > time }
        return after > 0 ? (shares[after - 1], standardErrors[after - 1]) : nil
    }
}
