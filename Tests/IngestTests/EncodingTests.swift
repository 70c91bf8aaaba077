import CIconv
import Foundation
import Testing

@testable import Ingest
@testable import TestCluster

/// Bytes of a text in an encoding that iconv knows.
func encoded(_ text: String, as encoding: String) -> [UInt8] {
    guard let converter = iconv_open(encoding, "UTF-8") else { return [] }
    defer { iconv_close(converter) }
    var input = [CChar](text.utf8.map { CChar(bitPattern: $0) })
    var output = [CChar](repeating: 0, count: input.count * 4 + 8)
    var left = output.count
    input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var (from, to, fromLeft) = (source.baseAddress, target.baseAddress, source.count)
            _ = iconv(converter, &from, &fromLeft, &to, &left)
        }
    }
    return output.prefix(output.count - left).map { UInt8(bitPattern: $0) }
}

@Suite struct EncodingTests {
    private func decide(_ bytes: [UInt8]) async throws -> EncodingDecision {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "file.csv")
            try Data(bytes).write(to: url)
            let file = try ReceivedFile(url)
            guard try FileFormat.decide(file) == .csv else { throw FileRefusal("other") }
            return try EncodingDetector.decide(file)
        }
    }

    private func text(_ bytes: [UInt8]) async throws -> String {
        try await TestCluster.withFolder { folder in
            let url = folder.appending(path: "file.csv")
            try Data(bytes).write(to: url)
            let file = try ReceivedFile(url)
            let stream = try TextStream(file, try EncodingDetector.decide(file))
            var text: [UInt8] = []
            while let chunk = try stream.next() { text += chunk }
            return String(decoding: text, as: UTF8.self)
        }
    }

    private static let chinese = "门诊编码,月份,期初在治\r\n青山第一门诊,2024年3月,１２０\r\n"

    @Test(
        "the same text reads the same from every encoding that clinics send",
        arguments: ["UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"])
    func sameText(_ encoding: String) async throws {
        // UTF-16 without a mark is known by the zeros of its ASCII parts, so it needs some.
        let text = "site,month,opening,name\r\n" + Self.chinese
        #expect(try await self.text(encoded(text, as: encoding)) == text)
    }

    @Test("a byte order mark decides, and is no part of the text")
    func mark() async throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("site,month\n".utf8)
        #expect(try await decide(bytes).bytes == "EF BB BF")
        #expect(try await text(bytes) == "site,month\n")
        #expect(try await text([0xFF, 0xFE] + encoded(Self.chinese, as: "UTF-16LE")) == Self.chinese)
    }

    @Test("one GBK character at the end of a megabyte of ASCII decides, and its byte is named")
    func lateByte() async throws {
        let plain = [UInt8](repeating: 0x61, count: 1_000_000)
        let decision = try await decide(plain + encoded("门", as: "GB18030") + [0x0A])
        #expect(decision.encoding == .gb18030)
        #expect(decision.offset == 1_000_001, "C3 may begin a character of UTF-8; what follows may not go on with it")
        #expect(decision.bytes == "C5")
    }

    @Test("a character cut in two by the edge of a chunk is read whole")
    func chunkEdge() async throws {
        let text = String(repeating: "a", count: ReceivedFile.chunk - 1) + "门" + String(repeating: "诊", count: 1000)
        #expect(try await self.text(Array(text.utf8)) == text)
        #expect(try await self.text(encoded(text, as: "GB18030")) == text)
    }

    @Test("UTF-8 that is cut is not read as GB18030, unless nothing else is UTF-8")
    func cut() async throws {
        let refusal = await #expect(throws: FileRefusal.self) { try await decide(Array("备注,备注".utf8).dropLast(2)) }
        #expect(refusal == FileRefusal("file_not_text", ["bytes": "E6", "offset": "10"]))
        #expect(try await decide(Array("a,".utf8) + encoded("浣", as: "GB18030")).encoding == .gb18030)
    }

    @Test(
        "a page is known by its first tag, in every encoding and packing that it is saved in",
        arguments: [
            Array("<style>td{}</style><table>".utf8), [0xFF, 0xFE] + encoded("<HTML>", as: "UTF-16LE"),
            [0xFE, 0xFF] + encoded(" <html>", as: "UTF-16BE"), encoded("<!-- x --><html>", as: "UTF-16LE"),
            Array("MIME-Version: 1.0\r\n".utf8), Array("From: <Saved by Blink>\r\n".utf8),
        ])
    func pages(_ bytes: [UInt8]) async throws {
        let refusal = await #expect(throws: FileRefusal.self) { try await decide(bytes) }
        #expect(refusal?.code == "file_is_html")
        #expect(try await decide(Array("<MMT>,site,month\n".utf8)).encoding == .utf8, "a title in brackets is none")
    }

    @Test(
        "what is no text is refused by what it is",
        arguments: [
            ([], "file_empty"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "file_not_workbook"),
            (Array("%PDF-1.7".utf8), "file_is_pdf"), ([0x89, 0x00, 0x13, 0xFF, 0x00, 0x01], "file_not_text"),
            (Array("site,month\n".utf8) + [0xFF, 0xFF, 0x30], "file_not_text"),
        ] as [([UInt8], String)])
    func refused(_ bytes: [UInt8], _ code: String) async throws {
        let refusal = await #expect(throws: FileRefusal.self) { try await decide(bytes) }
        #expect(refusal?.code == code)
    }
}
