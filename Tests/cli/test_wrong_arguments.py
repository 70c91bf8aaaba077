"""Commands that are asked for what cannot be: no success that says more than was done, and a sentence in both languages."""
import datetime
import fcntl

import pytest

HEADER = "site,month,opening,closing\n"
# Where the programme is: its day is not that of the machine.
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()  # Asia/Shanghai
YESTERDAY, NEXT_YEAR = (TODAY + datetime.timedelta(days) for days in (-1, 365))
WHO = ["--owner", "Li", "--reason", "Late papers"]


@pytest.fixture(scope="module")
def programme(mmt):
    """Receipts 1 to 4: a registry, a report with questions, one with a refused row, a letter."""
    files = {
        "sites.csv": "site,name,region\nA-1,First,A\nA-2,Second,A\n",
        "good.csv": HEADER + "A-1,2025-01,10,10\nA-1,2025-02,12,12\n",
        "partly.csv": HEADER + "A-2,2025-01,10,10\nNO-1,2025-01,5,5\nA-2,2025-02,x,5\n",
        "letter.csv": "Dear colleagues,\nhere are our numbers.\n",
    }
    for name, text in files.items():
        (mmt.folder / name).write_text(text)
        assert mmt("load", mmt.folder / name).returncode in (0, 2, 3)
    assert mmt("months", "lock", "2025-01", "--from", "2025-03-01").returncode == 0
    assert mmt("months", "lock", "2025-02", "--from", str(NEXT_YEAR)).returncode == 0
    with open(mmt.folder / "data/in-use.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # the server goes on meanwhile: a start takes longer than a command
        yield mmt
    mmt("jobs")  # the last one out stops it


REFUSED = {
    "a day that is past": (["months", "open", "2025-01", "--until", YESTERDAY, *WHO], "is past", "已过"),
    "a month that is open": (["months", "open", "2025-03", "--until", TODAY, *WHO], "is not locked", "没有封存"),
    "a lock to come": (["months", "open", "2025-02", "--until", TODAY, *WHO], "open until then anyway", "本来就可修改"),
    "a month without a calendar": (["months", "open", "1990-01", "--until", TODAY, *WHO], "calendar", "日历"),
    "a lock without a calendar": (["months", "lock", "1990-01", "--from", TODAY], "calendar", "日历"),
    "a lock before the deadline": (["months", "lock", "2025-03", "--from", "2025-03-05"], "is due until", "截止日"),
    "an exception for nobody": (
        ["months", "open", "2025-01", "--site", "NO-1", "--until", TODAY, *WHO], "No clinic", "没有编码"),
    "an exception without a reason": (
        ["months", "open", "2025-01", "--until", TODAY, "--owner", "Li", "--reason", " "], "blank", "空白"),
    "a withdrawal for no reason": (["months", "withdraw", "A-1", "2025-02", "--reason", " "], "blank", "空白"),
    "questions of no clinic": (["flags", "--site", "NO-1"], "No clinic", "没有编码"),
    "a question that is not asked": (
        ["flags", "resolve", "A-1", "2025-01", "nothing", "--reason", "x"], "has no question", "没有疑问"),
    "a question to nobody": (["flags", "assign", "NO-1", "2025-01", "nothing", "--to", "Li"], "No clinic", "没有编码"),
    "a question for no reason": (
        ["flags", "resolve", "A-1", "2025-02", "opening_is_not_last_closing", "--reason", ""], "blank", "空白"),
    "a question that is open": (
        ["flags", "reopen", "A-1", "2025-02", "opening_is_not_last_closing", "--reason", "x"], "already", "已是此状态"),
    "rows of no receipt": (["quarantine", "list", "--receipt", 99], "receipt", "回执"),
    "rows of no clinic": (["quarantine", "list", "--site", "NO-1"], "No clinic", "没有编码"),
    "no receipt to load again": (["quarantine", "redrive", 99], "receipt", "回执"),
    "rows of no receipt to close": (["quarantine", "close", 99, "--reason", "x"], "receipt", "回执"),
    "rows that are not refused": (["quarantine", "close", 3, 2, "--reason", "x"], "no such open row", "待处理行"),
    "rows for no reason": (["quarantine", "close", 3, 3, "--reason", " "], "blank", "空白"),
    "an alias of no clinic": (["alias", "OLD-1", "NO-1"], "No clinic", "没有编码"),
    "an alias that is a clinic": (["alias", "a-1", "A-2"], "means the clinic", "已是门诊"),
    "an alias of nothing": (["alias", " ", "A-2"], "blank", "空白"),
    "a sender without a policy": (["source", "nobody"], "no policy", "没有单独的规则"),
    "a sender without a name": (["source", "", "--takes", "whole-file"], "blank", "空白"),
    "no job": (["jobs", "expect", "nothing", "1 day"], "no job", "没有名为"),
    "no time": (["jobs", "expect", "inbox", "soon"], "Write times", "请按"),
    "no token": (["token", "revoke", "nobody"], "no token", "没有仍然有效的令牌"),
    "a token without a source": (["token", "add", "x", "--source", ""], "needs a name", "报送方名称"),
    "no receipt": (["receipt", 99], "receipt", "回执"),
    "no receipt's workbook": (["receipt", 99, "--workbook", "x.xlsx"], "receipt", "回执"),
    "the rows of a letter": (["receipt", 4, "--refused", "x.csv"], "No table could be read", "没有可读取的表"),
    "an export of nothing": (["export", "1990-01"], "no report", "没有"),
    "an export of no clinic": (["export", "2025-01", "--site", "NO-1"], "No clinic", "没有编码"),
    "a withdrawal of no clinic": (["months", "withdraw", "NO-1", "2025-02", "--reason", "x"], "No clinic", "没有编码"),
    "a comparison with nothing": (["diff", 1, 2], "nothing to compare", "无可比较"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_cannot_be_is_refused_in_a_sentence(programme, case, language, tmp_path):
    arguments, english, chinese = REFUSED[case]
    answer = programme(*arguments, "--language", language, cwd=tmp_path)
    assert answer.returncode == 2, answer.stdout + answer.stderr
    assert (english if language == "en" else chinese) in answer.stderr
    assert answer.stdout == "" and "{" not in answer.stderr and "mmt:" not in answer.stderr


def test_nothing_of_that_was_done(programme):
    counts = "select (select count(*) from lock_exception), (select count(*) from source), (select count(*) from site_alias)"
    assert programme("psql", "-At", "-c", counts).stdout == "0|1|0\n"


def test_what_can_be_is_done_and_told(programme):
    opened = programme("months", "open", "2025-01", "--site", "a-1", "--until", TODAY, *WHO)
    assert opened.returncode == 0 and opened.stdout == f"2025-01 is open for A-1 until {TODAY}.\n"
    listed = programme("months", "--language", "zh").stdout
    assert "2025-01 自 2025-03-01 起封存。" in listed and "Late papers（Li）" in listed
    asked = ["A-1", "2025-02", "opening_is_not_last_closing"]
    assert programme("flags", "resolve", *asked, "--reason", "moved").stdout.endswith("resolved\n")
    assert "resolved" in programme("flags", "resolve", *asked, "--reason", "moved").stderr
    assert programme("flags", "reopen", *asked, "--reason", "wrong").returncode == 0


def test_lines_that_are_not_open_are_named(programme):
    closed = programme("quarantine", "close", 3, 3, 17, "--reason", "a test")
    assert (closed.returncode, closed.stdout) == (3, "1 row was closed.\n") and "lines 17" in closed.stderr
    again = programme("quarantine", "close", 3, 3, "--reason", "a test")
    assert again.returncode == 2 and "no such open row" in again.stderr


def test_a_policy_for_a_sender_of_whom_nothing_came_is_kept_and_said(programme):
    policy = programme("source", "yunan", "--takes", "whole-file")
    assert policy.returncode == 0 and "No file of yunan has arrived" in policy.stderr
    assert policy.stdout == "yunan: a file is stored whole or not at all; changed columns are reported\n"


def test_a_clinic_may_be_named_by_any_of_its_codes(programme):
    assert programme("alias", "OLD-2", "A-2").returncode == 0
    opened = programme("months", "open", "2025-01", "--site", "old-2", "--until", TODAY, *WHO)
    assert opened.stdout == f"2025-01 is open for A-2 until {TODAY}.\n"
    taken = programme("alias", "old-2", "A-1")
    assert taken.returncode == 2 and "A-2" in taken.stderr
    assert programme("months", "withdraw", "OLD-2", "2025-01", "--reason", "it meant July").returncode == 0
    assert "no report" in programme("export", "2025-01", "--site", "OLD-2").stderr
    assert '"orgUnit" : "A-1"' in programme("export", "2025-01", "--site", "a-1").stdout


@pytest.mark.parametrize("arguments", [
    ["show", "dropout_rate", "--month", "2025-13"], ["export", "2025"], ["months", "lock", "2025-1", "--from", TODAY],
    ["months", "withdraw", "A-1", "March", "--reason", "x"], ["flags", "resolve", "A-1", "2025/01", "x", "--reason", "x"]])
def test_a_month_that_is_none_is_told_with_how_to_write_one(programme, arguments):
    answer = programme(*arguments)
    assert answer.returncode == 64 and "is no month: write it as in 2026-08." in answer.stderr
