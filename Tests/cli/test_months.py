"""mmt months as an operator meets it: months are locked, opened, and a report on a wrong month is withdrawn."""
HEADER = "site,month,opening,closing\n"


def load(mmt, name, text):
    file = mmt.folder / name
    file.write_text(text)
    return mmt("load", file)


def test_a_report_on_a_wrong_month_is_withdrawn(mmt):
    assert load(mmt, "sites.csv", "site,name,region\nA-1,First,A\n").returncode == 0
    assert load(mmt, "right.csv", HEADER + "A-1,2026-01,10,11\n").returncode == 0
    assert load(mmt, "wrong.csv", HEADER + "A-1,2026-02,11,12\n").returncode == 0
    withdrawn = mmt("months", "withdraw", "a-1", "2026-02", "--reason", "it meant March", "--by", "Li")
    assert withdrawn.returncode == 0 and "version 1: wrong.csv, line 2, receipt 3" in withdrawn.stdout
    assert "2026-02 of A-1 withdrawn on 20" in mmt("months").stdout and "it meant March (Li)" in mmt("months").stdout
    assert "2026-02" not in mmt("show", "caseload", "--site", "A-1", "--format", "csv").stdout
    again = mmt("months", "withdraw", "A-1", "2026-02", "--reason", "once more", "--language", "zh")
    assert again.returncode == 2 and again.stderr == "A-1 在 2026-02 没有可撤回的报表。\n"


def test_a_locked_month_wants_an_exception_first(mmt):
    assert mmt("months", "lock", "2026-01", "--from", "2026-03-01").returncode == 0
    refused = mmt("months", "withdraw", "A-1", "2026-01", "--reason", "a test")
    assert refused.returncode == 2 and "mmt months open 2026-01 --site A-1" in refused.stderr
    assert mmt("months", "open", "2026-01", "--site", "A-1", "--until", "2099-01-01", "--owner", "Li",
               "--reason", "a test").returncode == 0
    assert mmt("months", "withdraw", "A-1", "2026-01", "--reason", "a test").returncode == 0
    assert mmt("months", "withdraw", "NO-1", "2026-01", "--reason", "a test").stderr == 'No clinic has the code "NO-1".\n'
    assert mmt("months", "withdraw", "A-1", "January", "--reason", "a test").returncode == 64
