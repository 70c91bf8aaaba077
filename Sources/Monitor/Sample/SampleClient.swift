/// A simulated client of one clinic.
struct SampleClient: Sendable {
    /// Tells one simulated client from all others of the programme; kept by those who change clinics.
    let number: Int
    /// Tendency to drop out, and to use heroin; 1 is the programme's average.
    var frailty = 1.0
    var use = 1.0
    /// Maintenance dose relative to the programme's mean.
    var relativeDose = 1.0
    /// Whole months in the present stay.
    var monthsInStay = 0
    /// Whole months since the last stay ended.
    var monthsAway = 0
    /// Month index of the first admission while its first stay at this clinic lasts; nil afterwards.
    var cohort: Int?
    /// The last year in which the client was in treatment anywhere.
    var lastYear = 0

    /// A client at first admission.
    init(number: Int, cohort: Int?, random: inout SampleRandom) {
        self.number = number
        self.cohort = cohort
        var draw = random.uniform()
        for habit in SampleRates.habits {
            (frailty, use) = (habit.frailty, habit.use)
            if draw < habit.share { break }
            draw -= habit.share
        }
        relativeDose = min(max(1 + SampleRates.doseSD * random.normal(), 0.3), 2.2)
    }

    /// Dropout probability relative to others in the same month of stay: a dose of 60 mg or more keeps clients.
    func dropoutTendency(doseMg: Int) -> Double { frailty * (doseMg >= 60 ? 0.85 : 1.12) }

    /// Daily dose in milligrams, in steps of 5.
    func doseMg(programmeMeanMg: Double) -> Int {
        let induction = SampleRates.inductionDose
        let reached = monthsInStay < induction.count ? induction[monthsInStay] : 1
        return Int((relativeDose * reached * programmeMeanMg / 5).rounded()) * 5
    }

    /// Probability of a positive test relative to the clinic's.
    var positiveTendency: Double {
        let early = SampleRates.earlyPositivity
        return use * (monthsInStay < early.count ? early[monthsInStay] : 1)
    }
}
