"""Every kind of cell, in every way of writing it, for the unit tests of the reader; no header stands above them."""
import io
import zipfile

from .parts import STRICT, add, packed, parts, raw

STYLES = ('<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>'
          '<numFmt numFmtId="171" formatCode="0000"/><numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts>'
          '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
          '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="10"/>'
          '<xf numFmtId="172"/><xf numFmtId="20"/></cellXfs>'
          '<dxfs><dxf><numFmt numFmtId="171" formatCode="yyyy"/></dxf></dxfs>')
STRINGS = ('<si><t>001</t></si><si><r><t>美</t></r><r><rPr><b/></rPr><t xml:space="preserve">沙 </t></r><r><t>酮</t></r>'
           '<rPh sb="0" eb="1"><t>mei</t></rPh><phoneticPr fontId="1"/></si><si><t>\n   in   \n</t></si>'
           '<si><t>a_x000D_b_x005F_x000D__xD83D__xDE00_</t></si><si/>')
CELLS = ('<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>'
         '<c r="D2" t="s"><v>3</v></c><c r="E2" t="s"><v>4</v></c></row>'
         '<row r="3"><c r="A3"><v>1.1000000000000001</v></c><c r="B3" s="1"><v>45352</v></c>'
         '<c r="C3" s="2"><v>45352.354166666664</v></c><c r="D3" s="3"><v>7</v></c><c r="E3" s="4"><v>0.12</v></c>'
         '<c r="F3" s="5"><v>1.0833333333333333</v></c><c r="G3" s="6"><v>0.35416666666666669</v></c>'
         '<c r="H3" s="1"><v>0</v></c><c r="I3" s="99"><v>1.10105194912310E+17</v></c></row>'
         '<row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="e"><v>#DIV/0!</v></c>'
         '<c r="C4" t="inlineStr"><is><r><t>行</t></r><r><t>内</t></r><rPh><t>x</t></rPh></is><v>99</v></c>'
         '<c r="D4" t="d"><v>2024-03-01T00:00:00Z</v></c><c r="E4" t="str"><f>"a"</f><v>a</v></c>'
         '<c r="F4"><f>1+1</f><v>2</v></c><c r="G4"><f>1+1</f></c><c r="H4"><f>1+1</f><v/></c>'
         '<c r="I4" t="str"><f>""</f><v></v></c><c r="J4" s="1"/><c r="K4"><v>abc</v></c></row>')


def write(folder):
    kinds(folder)
    places(folder)


def kinds(folder):
    folder("kinds.xlsx", raw(CELLS, strings=STRINGS, styles=STYLES))
    folder("kinds_1904.xlsx", raw(CELLS, strings=STRINGS, styles=STYLES, book='<workbookPr date1904="1"/>'))
    strict = parts(f"<sheetData>{CELLS}</sheetData>", STRINGS, STYLES, main=STRICT,
                   document="http://purl.oclc.org/ooxml/officeDocument/relationships")
    sheet = "xl/worksheets/sheet1.xml"
    strict[sheet] = (strict[sheet].replace("<worksheet ", f'<x:worksheet xmlns:x="{STRICT}" ')
                     .replace("</worksheet", "</x:worksheet"))
    folder("kinds_strict.xlsx", packed(strict))
    whole = parts(f"<sheetData>{CELLS}</sheetData>", STRINGS, STYLES)
    folder("kinds_names.xlsx", packed({name.upper() if name.startswith("xl/") else name: text
                                       for name, text in whole.items()}))
    folder("kinds_utf16.xlsx", packed({
        name: ('<?xml version="1.0" encoding="UTF-16"?>' + text.split("?>")[-1]).encode("utf-16")
        for name, text in whole.items()}))
    folder("kinds_descriptors.xlsx", streamed(whole))
    folder("recalculated.xlsx", raw("<row><c><f>1+1</f><v>0</v></c><c><v>3</v></c></row>",
                                    book='<calcPr fullCalcOnLoad="1"/>'))


def streamed(content):
    """As written to a stream that cannot go back, with data descriptors, as Google Sheets does."""
    class OneWay(io.RawIOBase):
        written = b""

        def writable(self):
            return True

        def write(self, data):
            self.written += bytes(data)
            return len(data)

    stream = OneWay()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in content.items():
            add(archive, name, text)
    return stream.written


def places(folder):
    folder("places.xlsx", raw(
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5" hidden="1"><c r="C5"><v>3</v></c><c><v>4</v></c></row>'
        '<row><c r="B6"><v>5</v></c></row><row r="8"><c r="B8"><v>7</v></c><c r="A8"><v>6</v></c></row>'
        '<row><c r="B9"><v>8</v></c></row><row r="20" s="1"/><row r="21"><c r="A21"/></row>'
        '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'))
    wide = "".join(f"<c><v>{column}</v></c>" for column in range(16_384))
    folder("wide.xlsx", raw(f"<row>{wide}</row>" * 3))
    folder("controls.xlsx", raw('<row><c><v>1</v></c></row></sheetData><controls><anchor><row>8</row><c>9</c></anchor>'
                                "</controls><sheetData>"))
