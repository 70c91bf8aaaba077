/// Takes site and period effects out of columns over the known values of a panel, exactly, also where some are missing.
struct TwoWayRemoval {
    /// Known values in the order of sites: which site and period, and the rows of each site.
    private let cells: [(site: Int, period: Int)]
    let rowsBySite: [Range<Int>]
    /// Of the period effects, site effects taken out: diag(n_t) − Σ 1 1ᵀ/T_i.
    private let periods: SymmetricFactors
    private let periodCount: Int

    init(_ panel: SitePanel) {
        var (cells, rowsBySite): ([(site: Int, period: Int)], [Range<Int>]) = ([], [])
        var matrix = SymmetricMatrix(order: panel.periods.count)
        for (site, row) in panel.values.enumerated() {
            let known = row.indices.filter { row[$0] != nil }
            guard !known.isEmpty else { continue }
            var pattern = Array(repeating: 0.0, count: row.count)
            for period in known {
                pattern[period] = 1
                matrix[period, period] += 1
            }
            matrix.add(-1 / Double(known.count), outerProductOf: pattern)
            rowsBySite.append(cells.count..<(cells.count + known.count))
            cells += known.map { (site, $0) }
        }
        (self.cells, self.rowsBySite, periodCount) = (cells, rowsBySite, panel.periods.count)
        periods = SymmetricFactors(matrix)
    }

    var sites: Int { rowsBySite.count }

    /// Site effects, and period effects that they do not imply.
    var parameters: Int { sites + periods.rank }

    /// A column, a value for each known cell, less its site and period effects.
    func cleared(_ value: (_ site: Int, _ period: Int) -> Double) -> [Double] {
        var column = cells.map { value($0.site, $0.period) }
        centre(&column)
        var sums = Array(repeating: 0.0, count: periodCount)
        for (row, cell) in cells.enumerated() { sums[cell.period] += column[row] }
        let effects = periods.solve(sums)
        var ofPeriods = cells.map { effects[$0.period] }
        centre(&ofPeriods)
        for row in column.indices { column[row] -= ofPeriods[row] }
        return column
    }

    private func centre(_ column: inout [Double]) {
        for rows in rowsBySite {
            let mean = rows.reduce(0) { $0 + column[$1] } / Double(rows.count)
            for row in rows { column[row] -= mean }
        }
    }
}
