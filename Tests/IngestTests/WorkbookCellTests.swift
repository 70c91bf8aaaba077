import Testing

@testable import Ingest

@Suite struct WorkbookCellTests {
    @Test(
        "a format code says whether a number is a day, a time or an amount (ECMA-376-1, 18.8.31)",
        arguments: [
            ("General", .plain), ("0.00", .plain), ("0.00E+00", .plain), ("#,##0.00\"元/day\"", .plain), ("@", .text),
            ("[Red]0.0;[Blue]-0.0", .plain), ("0\\d", .plain), ("_d0_)", .plain), ("0.0%", .percent),
            ("0000", .zeros(4)),
            ("G/通用格式\"元\"", .plain), ("General\"天\"", .plain), ("General mg", .plain), ("\"A\"0000", .plain),
            ("0", .plain), ("yyyy\"年\"m\"月\"", .date), ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", .date),
            ("m", .date), ("MMM-YY", .date), ("[DBNum1][$-804]yyyy\"年\"m\"月\"", .date), ("e\"年\"", .date),
            ("上午/下午h\"时\"mm\"分\"", .time), ("mm:ss.0", .time), ("h:mm AM/PM", .time), ("yyyy/m/d h:mm", .date),
            ("[h]:mm:ss", .elapsed), ("[mm]:ss", .elapsed), ("[>=100]0;yyyy", .plain), ("\"unclosed", .plain),
            ("[unclosed", .plain), ("\\", .plain), ("", .plain),
        ] as [(String, NumberFormat)])
    func formats(_ code: String, _ format: NumberFormat) {
        #expect(NumberFormat(code: code) == format)
    }

    @Test("built-in formats are dates as Excel in China shows them")
    func builtIn() {
        let moments = (0...80).filter { NumberFormat(builtIn: $0).isMoment }
        #expect(moments == Array(14...22) + Array(27...36) + Array(45...47) + Array(50...58))
    }

    @Test(
        "days are counted from 1900 with the leap day that never was, or from 1904",
        arguments: [
            (.from1900, 1, .date("1900-01-01")), (.from1900, 59, .date("1900-02-28")), (.from1900, 60, nil),
            (.from1900, 61, .date("1900-03-01")), (.from1900, 36_526, .date("2000-01-01")),
            (.from1900, 45_351, .date("2024-02-29")), (.from1900, 2_958_465, .date("9999-12-31")),
            (.from1900, 2_958_466, nil), (.from1900, -1, nil), (.from1900, 0.5, nil),
            (.from1904, 0, .date("1904-01-01")), (.from1904, 43_889, .date("2024-02-29")),
            (.from1900, 45_351.999_999_999_9, .date("2024-03-01")),
            (.from1900, 45_351.354_172_453_704, .date("2024-02-29T08:30:00.500")), (.from1900, .infinity, nil),
        ] as [(DateSystem, Double, SheetCell.Value?)])
    func dates(_ system: DateSystem, _ serial: Double, _ expected: SheetCell.Value?) {
        #expect(system.value(serial, as: .date) == expected)
    }

    @Test(
        "numbers come back as they were typed",
        arguments: [
            ("1.1000000000000001", "1.1"), ("2.2999999999999998", "2.3"), ("0.30000000000000004", "0.3"), ("12", "12"),
            ("12.0", "12"), ("-0", "0"), ("1E3", "1000"), ("1.5E-3", "0.0015"),
            ("1.1010519491231E+17", "110105194912310000"),
            ("999999999999999.9", "1000000000000000"), ("0.99999999999999999", "1"), ("-4.35", "-4.35"),
            ("1000", "1000"),
            ("00.50", "0.5"), ("9.9999999999999995E-2", "0.1"), ("abc", nil), ("", nil), ("1e", nil), ("1e999", nil),
            ("1.2.3", nil),
            ("-", nil), (".", nil),
        ])
    func decimals(_ stored: String, _ typed: String?) {
        #expect(DecimalText.plain(stored) == typed)
    }

    @Test("any number of 15 digits survives Excel's 17", arguments: 0..<200)
    func roundTrip(_ seed: UInt64) throws {
        var state = (seed + 1) &* 0x9E37_79B9_7F4A_7C15
        state ^= state >> 31
        let typed = "\(state % 999_999_999 + 1).\(state >> 40 % 100_000)5"
        let number = try #require(Double(typed))
        #expect(DecimalText.plain("\(number)") == typed)
    }

    @Test(
        "escapes are decoded, other underscores kept",
        arguments: [
            ("_x0041_", "A"), ("_x000d_", "\r"), ("_x005F_x0041_", "_x0041_"), ("a_b", "a_b"), ("_x004", "_x004"),
            ("_x00G1_", "_x00G1_"),
            ("_x0000_", "\u{FFFD}"), ("_xD83D_", "\u{FFFD}"), ("__x0041__", "_A_"), ("美_x7F8E_", "美美"),
        ])
    func escapes(_ written: String, _ read: String) {
        #expect(EscapedCharacters.decoded(Array(written.utf8)) == read)
    }

    @Test("references name a column and a row")
    func references() {
        #expect(CellReference("XFD1048576".utf8).map { [$0.column, $0.row] } == [16_383, 1_048_576])
        #expect(CellReference("$b$7".utf8).map { [$0.column, $0.row] } == [1, 7])
        for text in ["", "7", "B", "B0", "7B", "B7B", "ZZZZZZZZZZZ1", "A99999999999999999999", "月1"] {
            #expect(CellReference(text.utf8) == nil)
        }
        #expect(CellRange("C9:A2")?.columns == 0...2)
        #expect(CellRange("A1:B2:C3") == nil)
    }
}
