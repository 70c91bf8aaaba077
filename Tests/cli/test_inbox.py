"""mmt inbox as cron, a service manager and a power cut meet it."""
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

MMT = Path(__file__).resolve().parents[2] / ".build/debug/mmt"
HEADER = "site,month,opening,closing\n"
CODES = [f"K-{number:03d}" for number in range(200)]


@pytest.fixture
def inbox(mmt, tmp_path_factory):
    folder = mmt.folder / f"inbox-{time.monotonic_ns()}"
    folder.mkdir()
    return folder


def run(mmt, inbox, *options):
    return mmt("inbox", inbox, "--settle", 0, *options)


def value(mmt, statement):
    return mmt("psql", "-At", "-c", statement).stdout.strip()


def large(year):
    return HEADER + "".join(f"{code},{year}-{month:02d},7,7\n" for code in CODES for month in range(1, 13))


def outcomes(mmt):
    return value(mmt, "select outcome from job_history order by job_run_id").split("\n")


def until_running(mmt, process):
    while outcomes(mmt)[-1] != "running":
        assert process.poll() is None, "it ended before anybody saw it"


def test_one_run_loads_tells_and_leaves_everything_where_it_is(mmt, inbox):
    (inbox / "sites.csv").write_text(
        "site,name,region\nA-1,First,A\n" + "".join(f"{code},Clinic,K\n" for code in CODES))
    (inbox / "2026-01.csv").write_text(HEADER + "A-1,2026-01,10,10\n")
    (inbox / "province").mkdir()
    (inbox / "province" / "2026-02.csv").write_text(HEADER + "A-1,2026-02,10,10\nNO-1,2026-02,1,1\n")
    before = {path: path.read_bytes() for path in inbox.rglob("*.csv")}
    first = run(mmt, inbox)
    assert first.returncode == 3, first.stderr
    assert "province/2026-02.csv: partly loaded" in first.stdout and "3 loaded, 1 of them with refusals" in first.stdout
    told = json.loads((inbox / "province" / "2026-02.csv.receipt.json").read_text())
    assert told["outcome"] == "partly_loaded" and told["receipts"][0]["defects"][0]["value"] == "NO-1"
    assert "line 3, site" in (inbox / "province" / "2026-02.csv.receipt.txt").read_text()
    assert {path: path.read_bytes() for path in before} == before
    second = run(mmt, inbox)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", ""), "cron sends no mail"


def test_receipts_are_in_the_language_that_was_chosen(mmt, inbox):
    (inbox / "三月.csv").write_text(HEADER + "A-1,2026-03,x,10\n")
    assert run(mmt, inbox, "--language", "zh").returncode == 2
    assert "第 2 行，期初在治：“x”不是整数" in (inbox / "三月.csv.receipt.txt").read_text()


def test_a_name_of_a_chinese_windows_archive(mmt, inbox):
    name = os.fsencode(inbox) + "/四月.csv".encode("gb18030")
    Path(os.fsdecode(name)).write_text(HEADER + "A-1,2026-04,10,10\n")
    assert run(mmt, inbox).returncode == 0
    with open(name + b".receipt.txt", encoding="utf-8") as receipt:
        assert "四月.csv" in receipt.read()
    assert run(mmt, inbox).stdout == ""


def test_a_file_that_may_still_be_on_its_way_in_waits(mmt, inbox):
    file = inbox / "new.csv"
    file.write_text(HEADER + "A-1,2026-05,10,10\n")
    os.utime(file, (0, 0))  # an old date, as an archive sets it, is no sign of having been left alone
    assert mmt("inbox", inbox, "--settle", 3600).returncode == 0
    assert not (inbox / "new.csv.receipt.txt").exists()


def test_a_killed_run_is_interrupted_and_the_next_one_finishes_what_it_began(mmt, inbox):
    killed = 0
    for number, wait in enumerate([0, 0.3, 0.6]):
        year = 2010 + number
        (inbox / f"{year}.csv").write_text(large(year))
        process = subprocess.Popen([MMT, "inbox", inbox, "--settle", "0"], env=mmt.environment, stdout=subprocess.DEVNULL)
        until_running(mmt, process)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored = int(value(mmt, f"select count(*) from monthly_report where extract(year from month) = {year}"))
        assert stored in (0, 2400), "half a file"
        killed += outcomes(mmt)[-1] == "interrupted"
        next_run = run(mmt, inbox)
        assert next_run.returncode == 0, next_run.stdout + next_run.stderr
        assert value(mmt, f"select count(*) from monthly_report where extract(year from month) = {year}") == "2400"
        assert (inbox / f"{year}.csv.receipt.json").exists() and (inbox / f"{year}.csv").read_text() == large(year)
    assert killed > 0, "no run was killed before its end"
    assert "running" not in outcomes(mmt)
    assert value(mmt, "select count(*) from receipt where outcome = 'started'") == "0"
    assert value(mmt, "select count(*) from monthly_report where version > 1") == "0"


def test_of_two_runs_at_once_one_says_so_and_ends_with_75(mmt, inbox):
    for year in range(2014, 2016):
        (inbox / f"{year}.csv").write_text(large(year))
    first = subprocess.Popen(
        [MMT, "inbox", inbox, "--settle", "0"], env=mmt.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until_running(mmt, first)
    second = run(mmt, inbox)
    assert second.returncode == 75 and "another run is under way, since 20" in second.stderr
    assert first.wait(timeout=120) == 0
    assert value(mmt, "select count(*) from monthly_report where version > 1") == "0"


def test_a_service_loads_what_comes_and_stops_when_told(mmt, inbox):
    command = [MMT, "inbox", inbox, "--settle", "0", "--watch", "--every", "1"]
    service = subprocess.Popen(command, env=mmt.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        for name, month in [("one", "2026-06"), ("two", "2026-07")]:
            (inbox / f"{name}.csv").write_text(HEADER + f"A-1,{month},10,10\n")
            for _ in range(100):
                if (inbox / f"{name}.csv.receipt.json").exists():
                    break
                time.sleep(0.1)
            assert (inbox / f"{name}.csv.receipt.json").exists()
    finally:
        service.terminate()
        output, errors = service.communicate(timeout=30)
    assert service.returncode == 0, errors
    assert "one.csv: loaded" in output and "two.csv: loaded" in output
    assert set(outcomes(mmt)[-2:]) == {"completed"}


def test_a_folder_that_is_gone_is_a_failed_run(mmt, inbox):
    failed = run(mmt, inbox / "gone")
    assert failed.returncode == 1 and "gone cannot be read" in failed.stderr
    assert value(mmt, "select outcome || ' ' || error from job_history order by job_run_id desc limit 1") == (
        "failed the folder cannot be read")
