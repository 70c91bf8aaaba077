"""mmt jobs as an operator and cron read it."""
HEADER = "site,month,opening,closing\n"


def load(mmt, name, text):
    file = mmt.folder / name
    file.write_text(text)
    assert mmt("load", file).returncode == 0


def test_without_data_nobody_is_alarmed(mmt):
    jobs = mmt("jobs")
    assert jobs.returncode == 0 and "No job has run yet." in jobs.stdout


def test_a_job_that_never_ran_is_an_alert_once_there_are_data(mmt):
    load(mmt, "sites.csv", "site,name,region\nA-1,First,A\n")
    load(mmt, "report.csv", HEADER + "A-1,2026-01,10,10\n")
    alert = mmt("jobs", "--quiet")
    assert alert.returncode == 4
    assert alert.stdout == "ALERT inbox: it has never succeeded, and the programme has data.\n"


def test_a_run_settles_it_and_its_silence_is_an_alert_again(mmt):
    inbox = mmt.folder / "inbox"
    inbox.mkdir()
    assert mmt("inbox", inbox).returncode == 0
    history = mmt("jobs")
    assert history.returncode == 0
    assert "times of Asia/Shanghai" in history.stdout and "inbox  completed" in history.stdout
    assert mmt("jobs", "expect", "inbox", "1 millisecond", "--grace", "0 seconds", "--owner", "Li").returncode == 0
    silent = mmt("jobs", "--quiet")
    assert silent.returncode == 4 and "the last success was 20" in silent.stdout and "Owner: Li." in silent.stdout
    assert mmt("jobs", "expect", "inbox", "never").returncode == 0
    assert mmt("jobs", "--quiet").stdout == ""


def test_what_is_expected_wrongly_is_told_rightly(mmt):
    for wrong in ["soon", "0 days", "-1 day"]:
        refused = mmt("jobs", "expect", "inbox", "--", wrong)
        assert refused.returncode == 2 and "Write times such as" in refused.stderr, wrong
    assert "There is no job nothing" in mmt("jobs", "expect", "nothing", "1 day").stderr


def test_absent_reports_are_listed_and_are_an_alert_when_asked_for(mmt):
    plain, asked = mmt("jobs"), mmt("jobs", "--absent", "--quiet")
    assert plain.returncode == 0 and "past their deadline that have not come" in plain.stdout
    assert asked.returncode == 4 and "ABSENT A-1 2026-02: due 2026-03-10, " in asked.stdout
