/// A table of a file, row by row: a CSV file, a sheet of a workbook, a set of data values.
protocol RecordSource: AnyObject {
    /// Fills the record with the next row that is not blank; false at the end.
    /// - Throws: `FileRefusal` where the file cannot be read on.
    func next(_ record: inout Record) throws -> Bool

    /// Told once the header is known, before the rows below it are read.
    func headerIsKnown(_ header: Header)

    /// What is to be said of the table once it has been read.
    var notices: [Notice] { get }

    /// Which part of the file has been read, from 0 to 1; nil where nobody can tell.
    var progress: Double? { get }
}

extension RecordSource {
    func headerIsKnown(_ header: Header) {}
    var notices: [Notice] { [] }
    var progress: Double? { nil }
}
