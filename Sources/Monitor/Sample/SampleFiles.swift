import Ingest

/// Gathers rows into files: first submissions by month and province, then the corrections that arrived in that month.
struct SampleFiles {
    private(set) var files: [SampleFile] = []
    /// Faults of whole files, found while they are written.
    private(set) var faults: [SampleFault] = []
    private var batches: [SampleBatch: [SampleRow]] = [:]
    private let oddities: [SampleBatch: SampleFaultKind]
    private var random: SampleRandom

    init(submissions: [SampleSubmission], seed: UInt64, first: Month, months: Int) {
        random = SampleRandom(seed: seed, stream: -5)
        for submission in submissions { batches[SampleBatch(submission), default: []].append(submission.row) }
        oddities = Self.drawOddities(&random, first: first, months: months)
    }

    /// Writes every monthly file, in the order in which they arrived.
    mutating func write() throws(SampleError) {
        for batch in batches.keys.sorted() {
            let oddity = oddities[batch]
            let name = batch.name
            let bytes = try bytes(of: batches[batch] ?? [], region: batch.region, oddity: oddity)
            files.append(SampleFile(name: name, bytes: bytes))
            if let oddity { faults.append(SampleFault(kind: oddity, site: nil, month: batch.month, file: name)) }
            if oddity == .utf16File { files.append(brokenFile(besides: batch)) }
        }
    }

    /// One odd file of each sort, in months of their own.
    private static func drawOddities(
        _ random: inout SampleRandom, first: Month, months: Int
    ) -> [SampleBatch: SampleFaultKind] {
        let indices = random.shuffled(Array(2..<months - 2))
        let regions = SampleRegion.all.indices.filter { !SampleRegion.all[$0].writesChinese }
        var result: [SampleBatch: SampleFaultKind] = [:]
        for (position, kind) in [SampleFaultKind.thousandsSeparators, .fullWidthDigits, .utf16File].enumerated() {
            let month = first + indices[position]
            result[SampleBatch(arrival: month, version: 1, regionIndex: regions[position], month: month)] = kind
        }
        return result
    }

    private func bytes(
        of rows: [SampleRow], region: SampleRegion, oddity: SampleFaultKind?
    ) throws(SampleError) -> [UInt8] {
        let headers = region.writesChinese ? SampleHeaders.chinese : SampleHeaders.english
        let lines = rows.map { row in
            let cells = row.cells.map { cell in
                switch oddity {
                case .thousandsSeparators: SampleText.withThousands(cell)
                case .fullWidthDigits: SampleText.fullWidth(cell)
                default: cell
                }
            }
            return [row.site, row.month.description, row.submittedAt] + cells
        }
        let lineEnd = region.writesChinese ? "\r\n" : "\n"
        let text = ([headers] + lines).map { $0.joined(separator: ",") + lineEnd }.joined()
        if oddity == .utf16File { return SampleText.utf16(text) }
        guard region.writesChinese else { return Array(text.utf8) }
        guard let bytes = SampleText.gb18030(text) else { throw .encodingUnavailable("GB18030") }
        return bytes
    }

    /// The signature and name of the first entry of an XLSX archive, and then nothing that any program could read.
    private mutating func brokenFile(besides batch: SampleBatch) -> SampleFile {
        let name = "\(batch.month)_\(batch.region.slug)_again.csv"
        faults.append(SampleFault(kind: .brokenFile, site: nil, month: batch.month, file: name))
        let header: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0x06, 0, 0x08, 0]
        let noise = (0..<700).map { _ in UInt8(random.next() >> 56) }
        return SampleFile(name: name, bytes: header + Array("[Content_Types].xml".utf8) + noise)
    }
}

/// The rows of one file: what month it reports on, from where, and when it arrived.
struct SampleBatch: Hashable, Comparable {
    let arrival: Month
    let version: Int
    let regionIndex: Int
    let month: Month

    var region: SampleRegion { SampleRegion.all[regionIndex] }

    /// `2023-07_qingshan.csv`, or `2023-07_qingshan_corrected_2023-10.csv` if it came with the files of October.
    var name: String { "\(month)_\(region.slug)\(version == 1 ? "" : "_corrected_\(arrival)").csv" }

    static func < (left: SampleBatch, right: SampleBatch) -> Bool {
        (left.arrival, left.version, left.regionIndex, left.month)
            < (right.arrival, right.version, right.regionIndex, right.month)
    }
}

extension SampleBatch {
    init(_ submission: SampleSubmission) {
        let regionIndex = SampleRegion.all.firstIndex { $0.code == submission.region.code } ?? 0
        self.init(
            arrival: submission.arrival, version: submission.version, regionIndex: regionIndex,
            month: submission.row.month)
    }
}
