extension MixedFamily {
    /// A mean averaged over a normal effect, and its derivatives by the predictor's centre and the effect's deviation.
    struct Averaged {
        var value = 0.0
        var byCenter = 0.0
        var byDeviation = 0.0
    }

    /// Of a Poisson count in closed form; of a probability by the trapezoidal rule, whose error for a function that is
    /// analytic falls exponentially with the step (Goodwin 1949): below 10⁻¹⁵ for any deviation, where Gauss–Hermite
    /// quadrature of as many points leaves 10⁻⁵ of a wide effect.
    func averaged(_ center: Double, deviation: Double) -> Averaged {
        guard self == .binomial else {
            let mean = Double.exp(center + deviation * deviation / 2)
            return Averaged(value: mean, byCenter: mean, byDeviation: mean * deviation)
        }
        // The nearest poles of the logistic function are π/deviation off the line: an error of e^(−2π · that/step).
        let step = min(0.2, 0.5 / max(deviation, 1e-3))
        let half = Int(9 / step)
        var (sum, total) = (Averaged(), 0.0)
        for index in -half...half {
            let place = Double(index) * step
            let weight = Double.exp(-place * place / 2)
            let mean = mean(center + deviation * place)
            total += weight
            sum.value += weight * mean
            sum.byCenter += weight * second(mean)
            sum.byDeviation += weight * second(mean) * place
        }
        return Averaged(value: sum.value / total, byCenter: sum.byCenter / total, byDeviation: sum.byDeviation / total)
    }
}
