"""mmt target as a data manager meets it: a target is set, shown beside the clinics, replaced and taken back."""
HEADER = "site,month,opening,closing,exit_dropout\n"


def test_a_target_is_set_shown_and_taken_back(mmt):
    for name, text in (("sites.csv", "site,name,region\nA-1,First,A\nA-2,Second,A\nA-3,Third,A\n"),
                       ("report.csv", HEADER + "A-1,2026-01,100,100,8\nA-2,2026-01,100,100,4\nA-3,2026-01,100,100,2\n")):
        (mmt.folder / name).write_text(text)
        assert mmt("load", mmt.folder / name).returncode == 0
    compared = ("show", "compare:dropout_rate", "--month", "2026-01", "--format", "csv")
    assert ",target," not in mmt(*compared).stdout
    assert mmt("target").stdout == "No target has been set.\n"
    plan = ("--from", "2026-01-01", "--source", "Plan 2026")
    assert mmt("target", "dropout_rate", "4", *plan).stdout == "dropout_rate  1  4  2026-01-01  Plan 2026\n"
    # 8 dropouts in 100 person-months are twice a target of 4 per 100.
    rows = [line.split(",") for line in mmt(*compared).stdout.splitlines()]
    first = next(row for row in rows if "A-1" in row)
    assert float(first[rows[0].index("target")]) == 2
    assert mmt("target", "dropout_rate", "none", *plan).returncode == 0
    assert ",target," not in mmt(*compared).stdout


def test_a_wrong_target_is_refused(mmt):
    plan = ("--from", "2026-01-01", "--source", "Plan 2026")
    unknown = mmt("target", "caseload", "4", *plan, "--language", "zh")
    assert unknown.returncode == 2 and "只为率和比例设定目标" in unknown.stderr
    assert mmt("target", "dropout_rate", "-4", *plan).returncode == 64
    assert mmt("target", "dropout_rate", "many", *plan).returncode == 64
    assert mmt("target", "dropout_rate", "4").returncode == 64
