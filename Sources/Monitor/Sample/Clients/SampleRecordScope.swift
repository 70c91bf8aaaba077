/// Which clinics keep client records, and from when on.
struct SampleRecordScope: Sendable {
    /// More than any clinic ever meets, so that clients' numbers are told apart.
    static let mostClients = 100_000
    /// Clinics that hand in dosing sheets and urine tests too, and for how many months.
    private static let sheetClinics = 3
    private static let sheetMonths = 18
    /// Clients of such a clinic, about: enough for a curve, few enough for a first look within seconds.
    private static let sheetClinicSize = 70.0

    /// Clinics with episodes, and of those the ones with dosing sheets.
    let clinics: [SampleClinic]
    let withSheets: [SampleClinic]
    /// First month of the dosing sheets.
    let firstSheet: Int

    init(clinics: [SampleClinic], months: Int) {
        self.clinics = clinics.filter(\.region.keepsClientRecords)
        firstSheet = months - Self.sheetMonths
        let candidates = self.clinics.filter { clinic in
            switch clinic.course {
            case .tiny, .huge, .closes: false
            default: true
            }
        }
        // A clinic with a story first: its records tell the same one.
        let bySize = candidates.sorted { one, other in
            (one.course == .steady ? 1 : 0, abs(one.size - Self.sheetClinicSize), one.index)
                < (other.course == .steady ? 1 : 0, abs(other.size - Self.sheetClinicSize), other.index)
        }
        withSheets = bySize.prefix(Self.sheetClinics).sorted { $0.index < $1.index }
    }

    /// Whether a clinic writes down what happens to a client in a month: who was there when everything began, who comes
    /// and who goes, and everybody where there are dosing sheets.
    func keeps(_ stay: SampleStay, of clinic: SampleClinic, at index: Int) -> Bool {
        guard clinic.region.keepsClientRecords else { return false }
        if stay.isEntering || stay.exit != nil || index == -SampleHistory.runUpMonths { return true }
        return index >= firstSheet && withSheets.contains { $0.index == clinic.index }
    }
}
