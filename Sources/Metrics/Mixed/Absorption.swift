/// Random effects taken out of equations: T = (Ω⁻¹ + H)⁻¹ and ln |I + ΩH| with their first and second derivatives,
/// written so that Ω may be singular (Henderson 1975; Searle, Casella & McCulloch 1992, ch. 6).
///
/// Ω is linear in the later parameters, H depends on the earlier ones; at the inner level H is constant.
struct Absorption<Number: EffectAlgebra> {
    /// Indexed as `Derivatives` says.
    private(set) var effects: [Number] = []
    private(set) var logDeterminant: [Double] = []

    /// Of effects with covariance `covariance`, whose derivatives stand in `slopes` for parameters from `earlier` on, and of
    /// `information` with derivatives by the parameters before; nil if the covariance is impossible.
    ///
    /// The arrays are written over, so that many clusters take no memory of their own.
    mutating func absorb(
        covariance: Number, slopes: [Number], information: [Number], earlier: Int
    ) -> Bool {
        let h = information[0]
        guard let (a, logarithm) = (covariance * h).inverseOfOnePlus else { return false }
        let t = a * covariance
        effects.removeAll(keepingCapacity: true)
        logDeterminant.removeAll(keepingCapacity: true)
        effects.append(t)
        logDeterminant.append(logarithm)
        differentiate(t, information, earlier)
        differentiate(a, slopes, information, earlier)
        return true
    }

    /// By the parameters that H depends on: T₍ₖ₎ = −TH₍ₖ₎T.
    private mutating func differentiate(_ t: Number, _ information: [Number], _ earlier: Int) {
        for k in 0..<earlier {
            let hk = information[Derivatives.first(k)]
            let thk = t * hk
            effects.append(-(thk * t))
            logDeterminant.append(thk.trace)
            for l in 0...k {
                let tl = effects[Derivatives.first(l)]
                let hkl = information[Derivatives.second(k, l)]
                let one = tl * hk * t
                effects.append(-(one + one.transposed + t * hkl * t))
                logDeterminant.append((tl * hk).trace + (t * hkl).trace)
            }
        }
    }

    /// By the parameters that Ω is linear in: T₍ₖ₎ = AΩ₍ₖ₎Aᵀ with A = (I + ΩH)⁻¹.
    private mutating func differentiate(_ a: Number, _ slopes: [Number], _ information: [Number], _ earlier: Int) {
        let (h, t, aT) = (information[0], effects[0], a.transposed)
        for (index, slope) in slopes.enumerated() {
            let ak = a * slope
            effects.append(ak * aT)
            logDeterminant.append((ak * h).trace)
            for l in 0...(earlier + index) {
                let tl = effects[Derivatives.first(l)]
                let al: Number
                var mixed = 0.0
                if l < earlier {
                    let hl = information[Derivatives.first(l)]
                    al = -(tl * h + t * hl)
                    mixed = (ak * hl).trace
                } else {
                    al = -(tl * h)
                }
                let one = al * slope * aT
                effects.append(one + one.transposed)
                logDeterminant.append((al * slope * h).trace + mixed)
            }
        }
    }
}
