/// The maximum of a function of two positive parameters by Newton's method on their logarithms.
enum PairMaximum {
    /// Value, first and second derivatives by the parameters themselves.
    struct Derivatives {
        var value = 0.0
        var a = 0.0
        var b = 0.0
        var aa = 0.0
        var ab = 0.0
        var bb = 0.0

        var isFinite: Bool { [value, a, b, aa, ab, bb].allSatisfy(\.isFinite) }
    }

    /// Nil where no maximum was found inside `ceiling`, which for a shape of rates means that the sites do not differ.
    static func find(
        start: (a: Double, b: Double), ceiling: Double, _ function: (Double, Double) -> Derivatives
    ) -> (a: Double, b: Double, value: Double)? {
        var (a, b) = start
        var now = function(a, b)
        guard now.isFinite else { return nil }
        for _ in 0..<200 {
            // By ln a and ln b.
            let (ga, gb) = (a * now.a, b * now.b)
            let (haa, hab, hbb) = (a * a * now.aa + ga, a * b * now.ab, b * b * now.bb + gb)
            let determinant = haa * hbb - hab * hab
            var step: (a: Double, b: Double)
            if haa < 0, determinant > 0 {
                step = (-(hbb * ga - hab * gb) / determinant, -(haa * gb - hab * ga) / determinant)
            } else {
                // Not yet curved as at a maximum: uphill, by no more than a factor of e.
                let length = (ga * ga + gb * gb).squareRoot()
                step = (ga / max(1, length), gb / max(1, length))
            }
            let longest = max(abs(step.a), abs(step.b))
            if longest > 2 { step = (step.a * 2 / longest, step.b * 2 / longest) }
            var scale = 1.0
            var next = now
            var (nextA, nextB) = (a, b)
            while scale > 1e-12 {
                (nextA, nextB) = (a * .exp(scale * step.a), b * .exp(scale * step.b))
                next = function(nextA, nextB)
                if next.isFinite, next.value >= now.value - 1e-12 * abs(now.value) { break }
                scale /= 2
            }
            guard next.isFinite, nextA < ceiling, nextB < ceiling else { return nil }
            let moved = scale * longest
            (a, b, now) = (nextA, nextB, next)
            if moved < 1e-12 { break }
        }
        return (a, b, now.value)
    }
}
