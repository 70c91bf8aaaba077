/// One wave a year at whole months: twelve numbers, worked out once.
enum YearlyWave {
    private static let cosines = (0..<12).map { Double.cos(2 * .pi * Double($0) / 12) }
    private static let sines = (0..<12).map { Double.sin(2 * .pi * Double($0) / 12) }

    static func cosine(_ month: Double) -> Double { cosines[place(month)] }
    static func sine(_ month: Double) -> Double { sines[place(month)] }

    private static func place(_ month: Double) -> Int { (Int(month) % 12 + 12) % 12 }
}
