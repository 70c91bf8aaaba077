"""Writes what the fuzzers start from: python3 Tests/fuzz/seeds.py FOLDER

A folder of seeds for each target and the dictionary `words`, from the texts in the Swift tests and from the language
catalogues, in the encodings and containers that clinics send.
"""
import io
import json
import re
import sys
import zipfile
from pathlib import Path

root = Path(__file__).resolve().parent.parent.parent
out = Path(sys.argv[1])
CELL, ROW, PART = b"\x1f", b"\x1e", b"\xff"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "sites calendar monthly episodes doses urine trials allocations participants assessments sessions events".split()


def catalogues():
    words = {}
    for language in ("en", "zh"):
        for file in sorted((root / "web/words" / language).glob("*.json")):
            words.setdefault(language, {}).update(json.loads(file.read_text(encoding="utf-8")))
    return words


def test_texts():
    """Texts between quotes in the tests, single and triple, without those that are filled in."""
    for file in sorted((root / "Tests/IngestTests").glob("*.swift")) + [root / "Tests/MonitorTests/ProgrammeFiles.swift"]:
        source = file.read_text(encoding="utf-8")
        for block in re.findall(r'"""\n(.*?)\n\s*"""', source, re.S):
            yield "\n".join(line.strip() for line in block.split("\n"))
        for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', source):
            if "\\(" not in text:
                text = re.sub(r"\\u\{(\w+)\}", lambda found: chr(int(found[1], 16)), text)
                yield text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").replace('\\"', '"')


def columns(words, kind):
    """Names of a kind's columns, in the order of the catalogue, and as each language writes them."""
    keys = [key for key in words["en"] if re.fullmatch(rf"column\.{kind}\.\w+", key)]
    return [key.split(".")[2] for key in keys], [[words[language][key] for key in keys] for language in words]


def cell(name):
    """Something that a column of that name may hold."""
    if name.endswith("_on") or name == "month":
        return "2026-01" if name == "month" else "2026-01-31"
    return {"site": "QS-002", "client": "7", "participant": "7", "region": "QS", "trial": "BEHAVIOUR", "dose_mg": "60.5",
            "result": "positive", "status": "open", "submitted_at": "2026-02-01T08:00:00+08:00"}.get(name, "")


def relations(targets):
    links = "".join(f"<Relationship Id='r{n}' Type='{RELATIONS}/{kind}' Target='{target}'/>"
                    for n, (kind, target) in enumerate(targets, 1))
    return f"<Relationships>{links}</Relationships>"


def rows_xml(rows, start=1):
    def cells(row):
        return "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" if not text.isdigit() else f"<c><v>{text}</v></c>"
                       for text in row)
    return "".join(f"<row r='{n}'>{cells(row)}</row>" for n, row in enumerate(rows, start))


def workbook(rows):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {
            "_rels/.rels": relations([("officeDocument", "w.xml")]),
            "_rels/w.xml.rels": relations([("worksheet", "s.xml")]),
            "w.xml": "<workbook><sheets><sheet name='a' id='r1'/></sheets></workbook>",
            "s.xml": f"<worksheet><sheetData>{rows_xml(rows)}</sheetData></worksheet>",
        }.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def seeds(words):
    texts = list(dict.fromkeys(test_texts()))
    files = [text for text in texts if "," in text and "\n" in text]
    for kind in KINDS:
        names, written = columns(words, kind)
        for header in [names] + written:
            files.append("\n".join([",".join(header), ",".join(map(cell, names)), ""]))
        yield "AnyFile", workbook([names, [cell(name) for name in names]])
    for text in files:
        yield "AnyFile", text.encode()
        yield "AnyFile", b"\xff\xfe" + text.encode("utf-16-le")
        yield "Encodings", b"\x03" + text.encode("utf-16-be")
        yield "Encodings", b"\x05" + text.encode("gb18030")
        yield "Encodings", b"\x00" + text.encode()
    for text in files[-6:]:
        yield "AnyFile", text.encode("gb18030")
    values = [("opening", "202601", "QS-002", "5"), ("closing", "202601", "QS-002", "5"), ("opening", "202602", "QS-001", "")]
    yield "AnyFile", ("dataelement,period,orgunit,value\n" + "".join(",".join(value) + "\n" for value in values)).encode()
    document = {"dataValues": [dict(zip(("dataElement", "period", "orgUnit", "value"), value)) for value in values]}
    common = {"orgUnit": "QS-002", "period": "202601", "dataValues": [{"dataElement": "opening", "value": 5.5}]}
    for text in (document, common):
        yield "AnyFile", json.dumps(text).encode()
        yield "DataValueSets", b"\x01" + json.dumps(text).encode()[1:]
    yield "DataValueSets", b"\x00" + ROW.join(CELL.join(part.encode() for part in value) for value in values)

    cells = [text for text in texts if len(text) < 40]
    for place, text in enumerate(cells):
        yield "PlainCells", bytes([place % 251]) + text.encode()
        yield "CSVCells", bytes([place % 12, place % 18]) + CELL.join(bytes([n]) + text.encode() for n in range(6))
    for number, kind in enumerate(KINDS):
        names, _ = columns(words, kind)
        row = [cell(name) for name in names]
        yield "CSVCells", bytes([number, number]) + b"\x00QS-002" + ROW + b"\x01YH-001" + CELL + b"\x02"
        yield "WorkbookParts", bytes([number]) + rows_xml([row, row], 2).encode()
        merges = "<mergeCells count='1'><mergeCell ref='A2:A3'/></mergeCells>"
        sheet = f"<worksheet><sheetData>{rows_xml([names, row, row])}</sheetData>{merges}</worksheet>"
        yield "WorkbookParts", bytes([0x80]) + sheet.encode()
    wide = "".join(f"<row><c r='XFD{n}'><v>1</v></c></row>" for n in range(2, 1502))
    yield "WorkbookParts", bytes([KINDS.index("doses")]) + wide.encode()
    strings = "<sst><si><t>QS-001</t></si><si><r><t xml:space='preserve'> a_x000D_</t></r><rPh><t>b</t></rPh></si></sst>"
    styles = ("<styleSheet><numFmts><numFmt numFmtId='176' formatCode='[$-804]yyyy\"年\"m\"月\";@'/></numFmts><cellXfs>"
              "<xf numFmtId='176'/><xf numFmtId='22'/></cellXfs></styleSheet>")
    book = "<workbook><workbookPr date1904='1'/><calcPr fullCalcOnLoad='0'/><sheets><sheet name='a' state='visible' id='r1'/></sheets></workbook>"
    sheet = "<row r='2' hidden='1'><c r='A2' t='s'><v>0</v></c><c r='B2' s='1'><f>1+1</f><v>45352.5</v></c><c t='b'><v>1</v></c></row>"
    links = relations([("worksheet", "s.xml"), ("sharedStrings", "t.xml"), ("styles", "y.xml")])
    for number in range(12):
        parts = [part.encode() for part in (sheet, strings, styles, book, links)]
        yield "WorkbookParts", bytes([number]) + PART.join(parts)


def dictionary(words):
    """Names, choices, and numbers at the ends of what an integer or a double holds."""
    yield from KINDS
    for kind in KINDS:
        names, written = columns(words, kind)
        yield from names
        yield from written[1]
    for language in words.values():
        yield from (text for key, text in language.items() if re.fullmatch(r"choice\.\w+", key))
    yield from ("9223372036854775807 -9223372036854775808 9223372036854775808 1e-9223372036854775808 1e309 -0 0.05 "
                "4294967296 2147483648 1.0000000000000001 45352 2958465.9999999 1.2E+17 2026-01-31T23:59:59+08:00 "
                "2026年1月31日 20260131 １２ ٣ ３ − \ufeff \u200b \u2009 \u0301 \r \n 00:00:00 QS-001 OLD-1").split(" ")
    yield from ("<row r='2'> </row> <c r='B2' </c> t='s' t='inlineStr' t='d' t='e' s='1' <v> </v> <f> <is><t> </t></is> "
                "<si> <mergeCells><mergeCell ref='A1:C3'/></mergeCells> hidden='1' numFmtId='14' formatCode=' _x0000_ "
                "_xD800_ XFD1048576 <!DOCTYPE <![CDATA[ ]]> &#x1F600; &amp; xml:space='preserve'").split(" ")
    yield from '{"dataValues":[ "dataElement": "period": "orgUnit": "value": \\u0000 \\ud800 null true }]}'.split(" ")


def quoted(text):
    return "".join(chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in '"\\' else f"\\x{byte:02X}" for byte in text.encode())


words = catalogues()
for number, (target, seed) in enumerate(seeds(words)):
    (out / target).mkdir(parents=True, exist_ok=True)
    (out / target / f"{number:04}").write_bytes(seed)
entries = dict.fromkeys(text for text in dictionary(words) if text)
(out / "words").write_text("".join(f'"{quoted(text)}"\n' for text in entries), encoding="ascii")
