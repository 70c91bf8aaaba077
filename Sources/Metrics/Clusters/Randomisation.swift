/// How arms were given to clinics: within each stratum every choice of as many treated clinics was equally likely, or
/// one of a list of acceptable allocations was drawn.
public struct Randomisation: Equatable, Sendable {
    /// A stratum, or a pair: its clinics by their places, and how many of them were treated.
    struct Stratum: Equatable, Sendable {
        let clinics: [Int]
        let treated: Int
    }

    /// As it came out.
    public let isTreated: [Bool]
    let strata: [Stratum]
    /// The treated clinics of each acceptable allocation, where they were listed; nil where all were acceptable.
    let listed: [[Int]]?

    /// - Parameters:
    ///   - isTreated: The arm of each clinic, as drawn.
    ///   - strata: The stratum, or the pair, of each clinic; nil where clinics were drawn from one urn.
    ///   - listed: The acceptable allocations of a constrained randomisation (Moulton 2004), each with as many treated
    ///     clinics in each stratum as the one drawn, which must be among them.
    public init(
        isTreated: [Bool], strata: [Int]? = nil, acceptable listed: [[Bool]]? = nil
    ) throws(ClusterFailure) {
        let names = strata ?? Array(repeating: 0, count: isTreated.count)
        guard names.count == isTreated.count else { throw .misshapen }
        let groups = Dictionary(grouping: isTreated.indices) { names[$0] }
        let drawn = groups.sorted { $0.key < $1.key }.map { _, clinics in
            Stratum(clinics: clinics, treated: clinics.count { isTreated[$0] })
        }
        guard drawn.contains(where: { $0.treated > 0 && $0.treated < $0.clinics.count }) else { throw .emptyArm }
        if let listed {
            let isAlike = listed.allSatisfy { other in
                other.count == isTreated.count
                    && drawn.allSatisfy { stratum in stratum.clinics.count { other[$0] } == stratum.treated }
            }
            guard isAlike, listed.contains(isTreated) else { throw .notAllowed }
        }
        (self.isTreated, self.strata) = (isTreated, drawn)
        self.listed = listed.map {
            Set($0).map { other in other.indices.filter { other[$0] } }.sorted(by: Self.precedes)
        }
    }

    /// How many allocations there are; exact up to 2⁵³.
    public var allocations: Double {
        if let listed { return Double(listed.count) }
        return strata.reduce(1) { $0 * Self.combinations($1.clinics.count, $1.treated) }
    }

    /// The smallest two-sided p that an exact test can give: a mirrored allocation has the same effect with another sign,
    /// so that it counts too where it is allowed.
    public var smallestP: Double { (isMirrored ? 2 : 1) / allocations }

    /// The smallest one-sided p.
    public var smallestOneSidedP: Double { 1 / allocations }

    private var isMirrored: Bool {
        guard let listed else {
            // A stratum with one arm is drawn in one way only, and tells nothing.
            return strata.allSatisfy {
                [0, $0.clinics.count].contains($0.treated) || 2 * $0.treated == $0.clinics.count
            }
        }
        return listed.contains(isTreated.indices.filter { !isTreated[$0] })
    }

    static func combinations(_ n: Int, _ k: Int) -> Double {
        (0..<min(k, n - k)).reduce(1) { ($0 * Double(n - $1) / Double($1 + 1)).rounded() }
    }

    private static func precedes(_ a: [Int], _ b: [Int]) -> Bool { a.lexicographicallyPrecedes(b) }
}

extension Randomisation {
    /// Sums of numbers, one for each clinic, over the treated clinics of every allocation; strata in turn, the choices
    /// within a stratum in lexicographic order.
    func treatedSums(_ values: [Double]) -> [Double] {
        if let listed { return listed.map { $0.reduce(0) { $0 + values[$1] } } }
        return strata.reduce([0]) { sums, stratum in
            let own = Self.sums(stratum.clinics.map { values[$0] }, choosing: stratum.treated)
            return sums.flatMap { sum in own.map { sum + $0 } }
        }
    }

    /// The same over the treated clinics of one allocation drawn at random, of two columns of numbers at once.
    func drawnSums(
        _ values: [Double], _ others: [Double], _ urn: inout [Int], using generator: inout some RandomNumberGenerator
    ) -> (Double, Double) {
        var sums = (0.0, 0.0)
        func add(_ clinic: Int) { sums = (sums.0 + values[clinic], sums.1 + others[clinic]) }
        if let listed {
            for clinic in listed[Int.random(in: listed.indices, using: &generator)] { add(clinic) }
            return sums
        }
        var (coins, left) = (UInt64(0), 0)
        for stratum in strata {
            if stratum.clinics.count == 2, stratum.treated == 1 {
                // Of a pair one coin decides, and a random number holds 64.
                if left == 0 { (coins, left) = (generator.next(), 64) }
                add(stratum.clinics[Int(coins & 1)])
                (coins, left) = (coins >> 1, left - 1)
                continue
            }
            urn.removeAll(keepingCapacity: true)
            urn.append(contentsOf: stratum.clinics)
            for drawn in 0..<stratum.treated {
                urn.swapAt(drawn, Int.random(in: drawn..<urn.count, using: &generator))
                add(urn[drawn])
            }
        }
        return sums
    }

    /// Sums over every choice of so many values.
    private static func sums(_ values: [Double], choosing count: Int) -> [Double] {
        var sums: [Double] = []
        sums.reserveCapacity(Int(combinations(values.count, count)))
        func choose(_ left: Int, from start: Int, _ sum: Double) {
            guard left > 0 else { return sums.append(sum) }
            for index in start...(values.count - left) { choose(left - 1, from: index + 1, sum + values[index]) }
        }
        choose(count, from: 0, 0)
        return sums
    }
}
