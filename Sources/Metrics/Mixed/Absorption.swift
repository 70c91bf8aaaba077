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
        let aT = a.transposed
        effects.removeAll(keepingCapacity: true)
        logDeterminant.removeAll(keepingCapacity: true)
        effects.append(t)
        logDeterminant.append(logarithm)
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
        return true
    }
}
