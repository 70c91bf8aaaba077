"""Workbooks as other programs write them."""
import datetime
import io
from unittest import mock

import msoffcrypto.format.ooxml
import openpyxl
import xlsxwriter
import xlwt
from openpyxl.comments import Comment

from .parts import still

LEAP_DAY = datetime.date(2024, 2, 29)


def write(folder):
    folder("openpyxl.xlsx", still(by_openpyxl()))
    folder("xlsxwriter.xlsx", still(by_xlsxwriter(False)))
    folder("xlsxwriter_inline.xlsx", still(by_xlsxwriter(True)))
    folder("encrypted.xlsx", encrypted(folder.bytes("kinds.xlsx")))
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    stream = io.BytesIO()
    book.save(stream)
    folder("old.xls", stream.getvalue())


def by_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    sheet.append(["机构代码", "出诊", None, "日期"])
    sheet.append(["007", 12.5, True, LEAP_DAY])
    sheet.append(["=1+1", datetime.datetime(2024, 2, 29, 23, 59, 59), datetime.time(8, 30),
                  datetime.timedelta(hours=26)])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A4:A6")
    sheet["A4"], sheet["B4"], sheet["B5"], sheet["B6"], sheet["B7"] = "站", 1, 2, 3, 4
    sheet.row_dimensions[5].hidden = True
    sheet["A2"].comment = Comment("note", "me")
    for name, state in [("隐藏", "hidden"), ("深藏", "veryHidden")]:
        book.create_sheet(name).sheet_state = state
    book.create_chartsheet("图")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter(constant_memory):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": constant_memory, "remove_timezone": True})
    sheet = book.add_worksheet("月报")
    sheet.write_row(0, 0, ["机构代码", "出诊", "日期"])
    sheet.write_string(1, 0, "007")
    sheet.write_number(1, 1, 2.3)
    sheet.write_datetime(1, 2, LEAP_DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_rich_string(2, 0, "a", book.add_format({"bold": True}), "b ", "c")
    sheet.write_formula(2, 1, "=1+1")
    book.close()
    return stream.getvalue()


def encrypted(plain):
    """Under a password; salts and clock are the same each time, as they may be in a test."""
    stream = io.BytesIO()
    clock = "msoffcrypto.method.container.ecma376_encrypted.datetime2filetime"
    with mock.patch("secrets.token_bytes", lambda count: bytes(range(count))), mock.patch(clock, lambda _: 0):
        msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain)).encrypt("secret", stream)
    return stream.getvalue()
