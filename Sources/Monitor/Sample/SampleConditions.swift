import Ingest

/// What one month holds for every clinic of the programme: the trend and the season.
struct SampleConditions: Sendable {
    /// Months since the first month of the sample; negative in the run-up that fills the clinics.
    let index: Int
    let month: Month
    /// Multipliers of the monthly probabilities.
    let dropout: Double
    let admissions: Double
    let attendance: Double
    let positivity: Double
    /// Mean maintenance dose in milligrams.
    let doseMg: Double

    init(index: Int, first: Month, months: Int) {
        self.index = index
        month = first + index
        // 0 at the beginning of the period, 1 at its end.
        let elapsed = Double(index) / Double(months)
        let growth = 1 - SampleRates.growthPerYear * Double(months - index) / 12
        let festival = month.holdsSpringFestival
        let afterFestival = (month - 1).holdsSpringFestival
        dropout = (1.06 - 0.12 * elapsed) * (festival ? 1.18 : 1)
        admissions = growth * (festival ? 0.70 : afterFestival ? 1.18 : 1)
        attendance = festival ? 0.96 : 1
        positivity = (1.03 - 0.04 * elapsed) * (festival ? 1.06 : 1)
        // 2009: 53.3 mg; 2011: 58.6 mg. Induction pulls the dispensed mean below the maintenance dose.
        doseMg = 52.3 + 6.8 * elapsed
    }
}
