"""Reports in workbooks: dates, numbers, codes, merged cells, hidden rows, several sheets."""
import datetime
import io

import openpyxl

from .parts import raw, still, text

HEADER = ["site", "month", "opening", "closing"]
DAY = datetime.date(2024, 3, 1)
DOSES = ["site", "client", "dosed_on", "dose_mg"]


def write(folder):
    folder("sheet_good.xlsx", good("C-241"))
    days(folder)
    numbers(folder)
    formulas(folder)
    titles(folder)
    merged(folder)
    hidden(folder)
    several(folder)


def book(sheets, shape=lambda book: None):
    """The bytes of a workbook; `sheets` holds rows by name."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    shape(made)
    stream = io.BytesIO()
    made.save(stream)
    return still(stream.getvalue())


def good(site):
    return book({"月报": [HEADER, [site, DAY, 120, 118]]})


def days(folder):
    # 2023.1 is what Excel makes of a typed 2023.10: January or October, nobody can say.
    def from_1904(made):
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    def chinese(made):
        made["a"]["B2"].number_format = 'yyyy"年"m"月"'

    folder("sheet_1904.xlsx", book({"a": [HEADER, ["C-242", DAY, 120, 118]]}, from_1904))
    folder("sheet_chinese.xlsx", book({"a": [["门诊编码", "月份", "期初在治"], ["C-243", DAY, 120]]}, chinese))
    # 45352 is 1 March 2024, in a cell that nobody formatted as a date.
    folder("sheet_serials.xlsx", book({"a": [DOSES, ["C-244", "1", 45352, 60], ["C-244", "1", 45353, 60]]}))
    folder("sheet_serials_1904.xlsx", book({"a": [DOSES, ["C-245", "1", 43890, 60]]}, from_1904))
    folder("sheet_text_dates.xlsx", book({"a": [
        DOSES, ["C-246", "1", "2024/3/1", 60], ["C-246", "1", "2024年3月2日", 60], ["C-246", "1", "3/4/2024", 60],
        ["C-246", "1", datetime.datetime(2024, 3, 5, 8, 30), 60], ["C-246", "1", 60, 60], ["C-246", "1", -5, 60]]}))
    folder("sheet_months.xlsx", book({"a": [
        HEADER, ["C-247", 202401, 1, 1], ["C-247", "2024年2月", 1, 1], ["C-247", 45352, 1, 1],
        ["C-247", datetime.date(2024, 4, 30), 1, 1], ["C-247", 2023.1, 1, 1]]}))


def numbers(folder):
    def zeros(made):
        made["a"]["A2"].number_format = "000"

    folder("sheet_code_by_format.xlsx", book({"a": [HEADER, [1, "2024-05", 120, 118], [1001, "2024-05", 120, 118]]}, zeros))
    folder("sheet_long_numbers.xlsx", book({"a": [
        DOSES, ["C-248", 11010519491231002, DAY, 60], ["C-248", 123456789012345, DAY, 60],
        ["C-248", "11010519491231002X", DAY, 60]]}))
    folder("sheet_numbers.xlsx", book({"a": [
        ["site", "month", "opening", "methadone_mg"], ["C-249", "2024-01", 12.0, 0.1 + 0.2], ["C-249", "2024-02", 12.5, 1],
        ["C-249", "2024-03", -3, 1], ["C-249", "2024-04", "１２", "1,204.5"], ["C-249", "2024-05", True, 1]]}))
    header = ["site", "client", "started_on", "injecting", "employed"]
    folder("sheet_truth.xlsx", book({"a": [header, ["C-250", "1", DAY, True, False]]}))


def formulas(folder):
    rows = text("site", "month", "opening", "closing")
    cell = '<c t="str"><v>{}</v></c>'
    row = "<row>" + cell.format("C-251") + cell.format("{}") + "{}" + "<c><v>118</v></c></row>"
    folder("sheet_formulas.xlsx", raw(rows + row.format("2024-01", "<c><f>60+60</f><v>120</v></c>")
                                      + row.format("2024-02", '<c t="str"><f>"12"</f><v>12</v></c>')))
    folder("sheet_formulas_not_computed.xlsx", raw(
        (rows + row.format("2024-03", "<c><f>60+60</f></c>") + row.format("2024-04", "<c><v>120</v></c>"))
        .replace("C-251", "C-252")))
    folder("sheet_formulas_stale.xlsx", raw((rows + row.format("2024-05", "<c><f>60+60</f><v>0</v></c>"))
                                            .replace("C-251", "C-253"), book='<calcPr fullCalcOnLoad="1"/>'))
    folder("sheet_errors.xlsx", raw(
        (rows + row.format("2024-06", '<c t="e"><v>#DIV/0!</v></c>') + row.format("2024-07", '<c t="e"><v>#N/A</v></c>'))
        .replace("C-251", "C-254")))


def titles(folder):
    folder("sheet_titles.xlsx", book({"a": [["月报表"], [], ["单位：青山", None, "2024年"], HEADER,
                                            ["C-255", "2024-03", 120, 118], [], [None, None, "备注"]]}))

    def two_rows(made):
        for cells in ("A1:A2", "B1:B2", "C1:D1"):
            made["a"].merge_cells(cells)

    folder("sheet_header_of_two_rows.xlsx", book(
        {"a": [["门诊编码", "月份", "在治人数", None], [None, None, "期初在治", "期末在治"], ["C-256", DAY, 120, 118]]}, two_rows))
    folder("sheet_rows_wider.xlsx", book({"a": [HEADER, ["C-257", "2024-03", 120, 118, None, "a note"],
                                                ["C-257", "2024-04", 118], ["C-257", "2024-05", 118, 119, None]]}))


def merged(folder):
    def over_rows(made):
        for cells in ("A2:A4", "C2:C3"):
            made["a"].merge_cells(cells)

    # The clinic is that of all three rows; the count is that of the first alone.
    folder("sheet_merged_rows.xlsx", book({"a": [
        HEADER, ["C-258", "2024-01", 120, 118], [None, "2024-02", None, 119], [None, "2024-03", 119, 121]]}, over_rows))

    def over_days(made):
        made["a"].merge_cells("C2:C3")

    folder("sheet_merged_days.xlsx", book({"a": [DOSES, ["C-259", "1", DAY, 60], ["C-259", "2", None, 65]]}, over_days))


def hidden(folder):
    def rows(made):
        made["a"].row_dimensions[3].hidden = True

    def sheets(made):
        made["b"].sheet_state = "hidden"
        made["c"].sheet_state = "veryHidden"

    folder("sheet_hidden_rows.xlsx", book({"a": [HEADER, ["C-260", "2024-01", 120, 118], ["C-260", "2024-02", "x", 118]]},
                                          rows))
    one = lambda month: [HEADER, ["C-261", month, 120, 118]]
    folder("sheet_hidden_sheets.xlsx", book({"a": one("2024-01"), "b": one("2024-02"), "c": one("2024-03")}, sheets))


def several(folder):
    folder("sheets_two_kinds.xlsx", book({
        "reports": [HEADER, ["NEW-262", "2024-03", 120, 118]],
        "registry": [["site", "name", "region"], ["NEW-262", "New in this very file", "QS"]]}))
    folder("sheets_two_months.xlsx", book({
        "一月": [HEADER, ["C-263", "2024-01", 120, 118]], "二月": [HEADER, ["C-263", "2024-02", 118, "x"]]}))
    folder("sheets_notes.xlsx", book({"notes": [["Please mind that"], ["the clinic was closed."]],
                                      "report": [HEADER, ["C-264", "2024-03", 120, 118]], "empty": []}))
    folder("sheets_one_without_rows.xlsx", book({"report": [HEADER, ["C-265", "2024-03", 120, 118]], "next": [HEADER]}))
    folder("sheets_one_column_twice.xlsx", book({"report": [HEADER, ["C-266", "2024-03", 120, 118]],
                                                 "next": [[*HEADER, "clinic"], ["C-266", "2024-04", 1, 1, "x"]]}))
    folder("sheets_without_rows.xlsx", book({"a": [HEADER]}))
    folder("sheets_of_notes.xlsx", book({"notes": [["nothing here"]]}))
