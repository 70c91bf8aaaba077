/// The best criterion with one variance held at a value, in the variances themselves rather than their ratios.
struct VarianceProfile {
    private let search: VarianceSearch

    init(_ search: VarianceSearch) { self.search = search }

    /// - Parameter start: the variances in their own units, the residual's last; the held one at its value.
    func criterion(_ start: [Double], held: Int) -> (criterion: Double, variances: [Double])? {
        let last = start.count - 1
        guard start[last] > 0, var picture = Picture(search, start) else { return nil }
        for _ in 0..<200 {
            let free = start.indices.filter { index in
                index != held && !(index < last && picture.place[index] == 0 && picture.gradient[index] >= 0)
            }
            let step = direction(picture, free)
            let decrement = -zip(step, picture.gradient).reduce(0) { $0 + $1.0 * $1.1 }
            guard decrement > 1e-11, let next = move(picture, step) else { return (picture.criterion, picture.place) }
            picture = next
        }
        return nil
    }

    private func direction(_ picture: Picture, _ free: [Int]) -> [Double] {
        var step = Array(repeating: 0.0, count: picture.place.count)
        var curvature = picture.curvature.restricted(to: free)
        var ridge = 0.0
        var factors = SymmetricFactors(curvature)
        while !factors.dependent.isEmpty, ridge < 1e9 {
            ridge = max(1e-3, 10 * ridge)
            for row in free.indices { curvature[row, row] = abs(picture.curvature[free[row], free[row]]) * (1 + ridge) }
            factors = SymmetricFactors(curvature)
        }
        for (index, value) in zip(free, factors.solve(free.map { -picture.gradient[$0] })) { step[index] = value }
        return step
    }

    private func move(_ picture: Picture, _ step: [Double]) -> Picture? {
        let last = picture.place.count - 1
        var length = 1.0
        for _ in 0..<40 {
            let place = picture.place.indices.map { index in
                let moved = picture.place[index] + length * step[index]
                return max(index == last ? picture.place[last] / 10 : 0, moved)
            }
            if let next = Picture(search, place), next.criterion <= picture.criterion + 1e-11 { return next }
            length /= 2
        }
        return nil
    }

    /// The criterion with its gradient and curvature by the variances, the residual's last.
    private struct Picture {
        let place: [Double]
        let criterion: Double
        private(set) var gradient: [Double]
        private(set) var curvature: SymmetricMatrix

        init?(_ search: VarianceSearch, _ place: [Double]) {
            let count = place.count - 1
            let e = place[count]
            let ratios = place.prefix(count).map { $0 / e }
            guard let likelihood = search.evaluate(ratios)?.likelihood else { return nil }
            let (rss, det) = (likelihood.residual, likelihood.determinant)
            let excess = rss[0] / e - likelihood.degrees
            self.place = place
            // Not at its best residual variance.
            criterion = likelihood.criterion + excess - likelihood.degrees * .log(1 + excess / likelihood.degrees)
            gradient = Array(repeating: 0, count: count + 1)
            curvature = SymmetricMatrix(order: count + 1)
            var (ofResidual, bend) = (-excess, rss[0] / e)
            for k in 0..<count {
                let first = Derivatives.first(k)
                let slope = det[first] + rss[first] / e
                gradient[k] = slope / e
                ofResidual -= ratios[k] * slope
                bend += ratios[k] * (2 * rss[first] / e + slope)
                var mixed = -rss[first] / e - slope
                for l in 0..<count {
                    let second = Derivatives.second(k, l)
                    let own = det[second] + rss[second] / e
                    curvature[k, l] = own / (e * e)
                    mixed -= ratios[l] * own
                    bend += ratios[k] * ratios[l] * own
                }
                curvature[k, count] = mixed / (e * e)
            }
            gradient[count] = ofResidual / e
            curvature[count, count] = (bend - ofResidual) / (e * e)
        }
    }
}
