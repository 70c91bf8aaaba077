"""Workbooks put together part by part, for what no library writes."""
import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="xml" ContentType="application/xml"/></Types>')
#: All parts are as old as zip archives can be, so that a file is the same whenever it is made.
OLDEST = (1980, 1, 1, 0, 0, 0)


def links(*items):
    lines = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{g}"/>' for i, t, g in items)
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def parts(sheet, strings="", styles="", book="", main=MAIN, document=DOCUMENT):
    """A minimal workbook; the sheet stands before what it refers to."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": links(("r1", f"{document}/officeDocument", "xl/workbook.xml")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{document}">{book}<sheets>'
                           f'<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/_rels/workbook.xml.rels": links(("r1", f"{document}/worksheet", "worksheets/sheet1.xml"),
                                            ("r2", f"{document}/sharedStrings", "/xl/sharedStrings.xml"),
                                            ("r3", f"{document}/styles", "../xl/./styles.xml")),
    }


def add(archive, name, content, method=zipfile.ZIP_DEFLATED):
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.compress_type = method
    archive.writestr(entry, content)


def packed(content, method=zipfile.ZIP_DEFLATED):
    """The parts as the bytes of a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, text in content.items():
            add(archive, name, text, method)
    return stream.getvalue()


def raw(rows, **more):
    """The bytes of a workbook whose sheet holds these rows."""
    return packed(parts(f"<sheetData>{rows}</sheetData>", **more))


def text(*cells):
    """A row of texts, without places: each follows the one before it."""
    return "<row>" + "".join(f'<c t="str"><v>{cell}</v></c>' for cell in cells) + "</row>"


def still(content):
    """What a library wrote, without the time at which it did."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [entry.filename for entry in archive.infolist()]
        return packed({name: archive.read(name) for name in names if name != "docProps/core.xml"})
