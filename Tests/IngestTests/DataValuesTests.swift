import Testing

@testable import Ingest

/// DHIS2 data value sets as tables of monthly reports.
@Suite struct DataValuesTests {
    private func rows(_ text: String) throws -> [[String]] {
        let tables = try Tables.find(in: ReceivedFile(text))
        #expect(tables.map(\.format) == [.dataValueSet])
        return try tables[0].allRows().map { Array($0.dropFirst()) }
    }

    @Test("values of one clinic and month are one row, wherever their place is said; what is not there is blank")
    func places() throws {
        let text = """
            {"orgUnit": "A-1", "period": "202403", "dataValues": [
              {"dataElement": "opening", "value": "120"}, {"dataElement": "closing", "value": null},
              {"dataElement": "opening", "value": "7", "orgUnit": "A-2"},
              {"dataElement": "closing", "value": "118", "period": "202404"}]}
            """
        #expect(
            try rows(text) == [
                ["A-1", "2024-03", "120", ""], ["A-2", "2024-03", "7", ""], ["A-1", "2024-04", "", "118"],
            ])
    }

    @Test("numbers are values like texts")
    func numbers() throws {
        func set(_ value: String) -> String {
            #"{"orgUnit":"A","period":"202403","dataValues":[{"dataElement":"new","value":\#(value)}]}"#
        }
        for (written, read) in [("12", "12"), ("12.0", "12"), ("12.5", "12.5"), ("-3", "-3"), ("\" 12 \"", " 12 ")] {
            #expect(try rows(set(written)) == [["A", "2024-03", read]])
        }
    }

    @Test("CSV of DHIS2 is known by its header, in any order behind the first column")
    func csv() throws {
        let text = "\"dataElement\",\"value\",\"orgUnit\",\"period\"\nopening,120,A-1,202403\nclosing,118,A-1,202403\n"
        #expect(try rows(text) == [["A-1", "2024-03", "120", "118"]])
    }

    @Test(
        "what cannot be read is refused with the line or the place of the value",
        arguments: [
            ("{", "1"), ("{\"dataValues\": 1}", "1"),
            ("{\"dataValues\":[{\"dataElement\":\"new\",\"value\":true}]}", "1"),
            (
                "{\"orgUnit\":\"A\",\"dataValues\":[{\"dataElement\":\"new\",\"period\":\"202403\"},{\"dataElement\":\"new\"}]}",
                "2"
            ),
            ("dataelement,period,orgunit,value\nopening,202403,A-1,1\nopening,202403\n", "3"),
        ])
    func unreadable(_ text: String, _ line: String) throws {
        #expect(throws: FileRefusal("data_values_unreadable", ["line": line])) {
            try Tables.find(in: ReceivedFile(text))
        }
    }

    @Test("a row bears the line of its first value, in JSON the place of it below a header of one line")
    func lines() throws {
        let lines = { (text: String) in try Tables.find(in: ReceivedFile(text))[0].allRows().map { $0[0] } }
        #expect(
            try lines("dataelement,period,orgunit,value\nnew,202403,A,1\nopening,202403,A,1\nnew,202404,A,1\n")
                == ["2", "4"])
        #expect(
            try lines(
                "{\"orgUnit\":\"A\",\"period\":\"202403\",\"dataValues\":[{\"dataElement\":\"new\",\"value\":1}]}")
                == ["2"])
    }

    @Test("of two values of one element the first is shown, and its row refused with the line of the second")
    func twice() throws {
        let values = ["new,202403,A,40", "new,202403,A,80", "new,202404,A,1", "new,202403,A,9"]
        let text = (["dataelement,period,orgunit,value"] + values).joined(separator: "\n")
        let source = try Tables.find(in: ReceivedFile(text))[0].rows()
        var record = Record()
        #expect(try source.next(&record))
        #expect(record.texts == ["A", "2024-03", "40"])
        #expect(record.faults == [2: Record.Fault(code: .valueTwice, expected: "3")])
        #expect(try source.next(&record))
        #expect(record.faults == [:])
    }

    @Test("a set of more elements than a sheet has columns is refused", .timeLimit(.minutes(1)))
    func elements() throws {
        let values = (0..<16_385).map { "e\($0),202403,A,1\n" }.joined()
        #expect(throws: FileRefusal("data_elements_too_many", ["most": "16384"])) {
            try Tables.find(in: ReceivedFile("dataelement,period,orgunit,value\n" + values))
        }
    }

    @Test("CSV has an encoding that is told, JSON has none to tell")
    func encoding() throws {
        let csv = encoded("dataelement,period,orgunit,value,备注\nnew,202403,A,1,好\n", as: "GB18030")
        #expect(try Tables.find(in: ReceivedFile(csv))[0].encoding?.encoding == .gb18030)
        let json = #"{"orgUnit":"A","period":"202403","dataValues":[{"dataElement":"new","value":1}]}"#
        #expect(try Tables.find(in: ReceivedFile(json))[0].encoding == nil)
    }

    @Test("a period that is no month stays as it is written, and is refused as a month by its row")
    func periods() throws {
        for period in ["2024", "2024Q1", "20240301", "2024W5"] {
            let text = "dataelement,period,orgunit,value\nopening,\(period),A-1,1\n"
            #expect(try rows(text) == [["A-1", period, "1"]])
        }
    }
}
