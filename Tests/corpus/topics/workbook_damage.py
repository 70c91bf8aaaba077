"""Workbooks that are broken, and where."""
import zipfile

from .parts import DOCUMENT, links, packed, parts, raw

SHEET = "xl/worksheets/sheet1.xml"


def write(folder):
    cells(folder)
    xml(folder)
    containers(folder)


def cells(folder):
    folder("cell_twice.xlsx", raw('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'))
    folder("beyond_columns.xlsx", raw('<row r="1"><c r="XFE1"><v>1</v></c></row>'))
    folder("beyond_rows.xlsx", raw('<row r="1048577"><c><v>1</v></c></row>'))
    folder("string_missing.xlsx", raw('<row r="7"><c t="s"><v>5</v></c></row>'))
    folder("reference_bad.xlsx", raw('<row r="7"><c r="7A"><v>5</v></c></row>'))
    folder("long_cell.xlsx", raw(f'<row r="4"><c t="str"><v>{"长" * 30_000}</v></c></row>'))
    folder("long_shared.xlsx", raw('<row r="1"><c t="s"><v>1</v></c></row><row r="9"><c t="s"><v>0</v></c></row>',
                                   strings=f"<si><t>{'x' * 70_000}</t></si><si><t>short</t></si>"))
    # Two rows of one number, and both are wrong: which is which, nobody can say.
    row = '<row r="2"><c t="str"><v>C-241</v></c><c t="str"><v>2024-03</v></c><c t="str"><v>x</v></c></row>'
    folder("row_twice.xlsx", raw('<row r="1"><c t="str"><v>site</v></c><c t="str"><v>month</v></c>'
                                 '<c t="str"><v>opening</v></c></row>' + row + row))


def xml(folder):
    bomb = parts("<sheetData><row><c t='str'><v>&a;</v></c></row></sheetData>")
    bomb[SHEET] = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>' + bomb[SHEET]
    folder("doctype.xlsx", packed(bomb))
    folder("entity.xlsx", packed(parts("<sheetData><row><c t='str'><v>&nbsp;</v></c></row></sheetData>")))
    outside = parts("<sheetData><row><c t='str'><v>&e;</v></c></row></sheetData>")
    outside[SHEET] = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + outside[SHEET]
    folder("entity_outside.xlsx", packed(outside))
    folder("depth.xlsx", raw("<row>" + "<a>" * 100 + "</a>" * 100 + "</row>"))
    folder("long_token.xlsx", raw('<row><c r="' + "A" * 3_000_000 + '"/></row>'))


def containers(folder):
    whole = folder.bytes("kinds.xlsx")
    folder("cut.xlsx", whole[:len(whole) // 2])
    flipped = bytearray(whole)
    with zipfile.ZipFile(folder.at("kinds.xlsx")) as archive:
        entry = archive.getinfo(SHEET)
        flipped[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0x55
    folder("flipped.xlsx", bytes(flipped))
    folder("twice.xlsx", packed(parts("") | {"XL/WORKBOOK.xml": "<workbook/>"}))
    folder("lzma.xlsx", packed(parts("<sheetData/>"), zipfile.ZIP_LZMA))
    folder("no_sheet.xlsx", packed(parts("") | {
        "xl/_rels/workbook.xml.rels": links(("r1", f"{DOCUMENT}/chartsheet", "chartsheets/sheet1.xml"))}))
    folder("sheet_lost.xlsx", packed({name: text for name, text in parts("").items() if name != SHEET}))
    folder("sheet_empty.xlsx", packed(parts("<sheetData/>")))
