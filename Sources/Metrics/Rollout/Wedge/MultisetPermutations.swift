/// The orders of items of which some are alike.
enum MultisetPermutations {
    /// How many there are, n!/(m₁! m₂! …); nil if more than a limit.
    static func count(of items: [Int], atMost limit: Int) -> Int? {
        var (count, placed) = (1, 0)
        for (_, alike) in Dictionary(grouping: items, by: { $0 }) {
            for index in 1...alike.count {
                placed += 1
                let (product, overflows) = count.multipliedReportingOverflow(by: placed)
                guard !overflows else { return nil }
                // Exact: after so many factors it is a product of binomial coefficients.
                count = product / index
            }
            guard count <= limit else { return nil }
        }
        return count
    }

    /// All of them, in ascending order (Narayana Pandita's next permutation).
    static func all(of items: [Int]) -> [[Int]] {
        var now = items.sorted()
        var orders = [now]
        while let fall = now.indices.dropLast().last(where: { now[$0] < now[$0 + 1] }),
            let partner = now.indices.last(where: { now[$0] > now[fall] })
        {
            now.swapAt(fall, partner)
            now[(fall + 1)...].reverse()
            orders.append(now)
        }
        return orders
    }
}
