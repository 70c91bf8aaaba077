"""mmt load as a clerk, a script and a power cut meet it: exit statuses, receipts, a kill in the middle."""
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

MMT = Path(__file__).resolve().parents[2] / ".build/debug/mmt"
SITES = "site,name,region\nA-1,First,A\nA-2,Second,A\n"
HEADER = "site,month,opening,closing\n"


def write(mmt, name, text):
    file = mmt.folder / name
    file.write_text(text) if isinstance(text, str) else file.write_bytes(text)
    return file


def count(mmt, statement):
    return int(mmt("psql", "-At", "-c", statement).stdout.strip())


def test_exit_statuses_follow_the_worst_file(mmt):
    sites = write(mmt, "sites.csv", SITES)
    good = write(mmt, "good.csv", HEADER + "A-1,2026-01,10,10\n")
    partly = write(mmt, "partly.csv", HEADER + "A-2,2026-01,10,10\nNO-1,2026-01,5,5\n")
    letter = write(mmt, "letter.csv", "Dear colleagues,\nhere are our numbers.\n")
    assert mmt("load", sites, good).returncode == 0
    again = mmt("load", good)
    assert again.returncode == 0 and "nothing to do" in again.stdout
    refused_row = mmt("load", partly, good)
    assert refused_row.returncode == 3
    assert "line 3, site: No clinic has the code \"NO-1\"" in refused_row.stdout
    refused_file = mmt("load", letter, partly)
    assert refused_file.returncode == 2
    assert "not the header of any report we know" in refused_file.stdout
    assert mmt("load", mmt.folder / "missing.csv", good).returncode == 1


def test_a_receipt_is_read_in_chinese_and_gives_the_file_back(mmt):
    text = mmt("receipt", 4, "--language", "zh").stdout
    assert "没有编码为“NO-1”的门诊" in text
    assert mmt("receipt", 4, "--file").stdout == (mmt.folder / "partly.csv").read_text()
    assert mmt("receipt", 999).returncode == 2


def test_a_dry_run_stores_nothing(mmt):
    file = write(mmt, "dry.csv", HEADER + "A-1,2026-02,10,11\n")
    before = count(mmt, "select count(*) from receipt")
    assert "1 new" in mmt("load", "--dry-run", file).stdout
    assert count(mmt, "select count(*) from receipt") == before


def test_a_kill_in_the_middle_leaves_neither_half_a_file_nor_a_lost_one(mmt):
    codes = [f"K-{number:04d}" for number in range(400)]
    write(mmt, "many.csv", "site,name,region\n" + "".join(f"{code},Clinic,K\n" for code in codes))
    assert mmt("load", mmt.folder / "many.csv").returncode == 0
    rows = 0
    for attempt, wait in enumerate([0.35, 0.5, 0.65, 0.8, 1.0, 1.3]):
        year = 2010 + attempt
        file = write(mmt, f"year{year}.csv", HEADER + "".join(
            f"{code},{year}-{month:02d},{attempt},{attempt}\n" for code in codes for month in range(1, 13)))
        load = subprocess.Popen([MMT, "load", file], env=mmt.environment, stdout=subprocess.DEVNULL)
        time.sleep(wait)
        load.send_signal(signal.SIGKILL)
        load.wait()
        rows += len(codes) * 12
        stored = count(mmt, f"select count(*) from monthly_report where extract(year from month) = {year}")
        assert stored in (0, len(codes) * 12), "half a file"
        assert mmt("load", file).returncode == 0
        stored = count(mmt, f"select count(*) from monthly_report where extract(year from month) = {year}")
        assert stored == len(codes) * 12, "every row once"
    assert count(mmt, "select count(*) from receipt where outcome = 'started'") == 0
    assert count(mmt, "select count(*) from monthly_report where version > 1") == 0


def test_nothing_runs_on_when_nobody_uses_it(mmt):
    processes = subprocess.run(["pgrep", "-f", mmt.environment["MMT_DATA"]], capture_output=True, text=True)
    assert processes.stdout == ""


def test_what_is_asked_wrongly_is_told_rightly(mmt):
    assert mmt("serve", "--host", "0.0.0.0").returncode == 64
    assert "\"March\" is no month: write it as in 2026-08." in mmt("show", "dropout_rate", "--month", "March").stderr
    assert "There is no kind of report" in mmt("template", "weekly").stderr
    assert mmt("template", "monthly", "--language", "zh").stdout.startswith("\ufeff门诊编码,月份,")
    broken = subprocess.run([MMT, "migrate"], env={**mmt.environment, "DATABASE_URL": "postgresql://127.0.0.1:1/none"},
                            capture_output=True, text=True)
    assert broken.returncode == 1 and "PostgreSQL cannot be reached" in broken.stderr


def test_a_name_of_a_chinese_windows_archive(mmt):
    """Unpacked by unzip, such a name is GBK and no UTF-8. As UTF-8 these two would look the same."""
    files = []
    for number, name in enumerate(["二月.csv", "三月.csv"], start=2):
        files.append(os.fsencode(mmt.folder) + f"/{name}".encode("gb18030"))
        Path(os.fsdecode(files[-1])).write_text(HEADER + f"A-1,2026-0{number},10,10\n")
    result = subprocess.run([os.fsencode(MMT), b"load", *files], env=mmt.environment, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr
    receipts = result.stdout.decode()
    assert "二月.csv" in receipts and "三月.csv" in receipts and "nothing to do" not in receipts


def test_a_slip_in_a_command_names_the_one_meant(mmt):
    slip = mmt("lod", "file.csv")
    assert slip.returncode == 64 and 'the nearest is "load"' in slip.stderr


def test_what_cannot_be_read_says_why(mmt):
    missing, folder = mmt("load", mmt.folder / "missing.csv"), mmt("load", mmt.folder)
    assert missing.returncode == 1 and missing.stderr.endswith("missing.csv cannot be read: there is no such file.\n")
    assert folder.returncode == 1 and "it is a folder" in folder.stderr


def test_a_port_that_is_taken_is_said_in_a_sentence(mmt):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = mmt("serve", "--port", port)
    assert refused.returncode == 1 and f"Port {port} of 127.0.0.1 is taken" in refused.stderr


def test_a_receipt_in_chinese_has_chinese_names_and_marks(mmt):
    receipt = mmt("load", write(mmt, "short.csv", HEADER + "A-1,2026-03,x,1\n"), "--language", "zh").stdout
    assert "第 2 行，期初在治：“x”不是整数" in receipt
    assert "文件中没有的列（视为未报；更正时保留原值）：报送时间、" in receipt and "exit_dropout" not in receipt


def test_a_month_without_data_is_said_in_a_sentence(mmt):
    shown = mmt("show", "caseload", "--month", "2001-01")
    assert shown.returncode == 2 and "MonthWithoutData" not in shown.stderr and "month" in shown.stderr
