"""Who knows a trial's clinics or a clinic's clients, and sees all that a reader sees, still cannot tell what a file said."""
import hashlib
import http.client
import json
import shutil

import pytest
from machine import Machine

TRIAL = "trial,name,design\nT-1,A trial,paired\n"
SITES = "site,name,region\nA-1,First,A\n"
REPORT = "site,month,opening,closing\nA-1,2025-01,10,10\n"


def allocation(arm):
    return f"trial,site,arm\nT-1,A-1,{arm}\n"


def urine(result):
    return f"site,client,collected_on,result\nA-1,007,2025-01-05,{result}\nA-1,008,2025-01-05,nothing\n"


FILES = {"sites.csv": SITES, "trial.csv": TRIAL, "report.csv": REPORT, "allocation.csv": allocation("control"),
         "urine.csv": urine("positive")}
GUESSES = [hashlib.sha256(text.encode()).hexdigest()
           for text in [*map(allocation, ["control", "intervention"]), *map(urine, ["positive", "negative", "missed"])]]


@pytest.fixture(scope="module", params=["with a key", "without a key"])
def machine(request, tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("privacy"))
    if request.param == "with a key":
        key = machine.folder / "key"
        key.write_bytes(b"k" * 32)
        key.chmod(0o600)
        machine.environment["MMT_PSEUDONYM_KEY_FILE"] = str(key)
    return machine


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def test_no_guess_is_confirmed_anywhere(machine):
    """Text and JSON of a load, receipts beside files of an inbox, pages' JSON and CSV, psql, the daemon's log."""
    said = []
    for name, text in FILES.items():
        load = machine.run("load", "--format", "json", machine.write(name, text.splitlines()))
        receipt = json.loads(load.stdout)
        assert ("sha256" in receipt) == (name in ("sites.csv", "trial.csv", "report.csv"))
        if "sha256" in receipt:
            assert receipt["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        again = machine.run("load", machine.folder / name)
        said += [load.stdout, load.stderr, again.stdout, again.stderr]
        assert name == "urine.csv" or "nothing to do" in again.stdout

    inbox = machine.folder / "inbox"
    inbox.mkdir()
    for name in FILES:
        shutil.copy(machine.folder / name, inbox / name)
    ran = machine.run("inbox", inbox, "--settle", 0)
    said += [ran.stdout, ran.stderr, *(path.read_text() for path in inbox.glob("*.receipt.*"))]
    assert (inbox / "allocation.csv.receipt.json").exists()

    receipts = machine.run("psql", "-At", "-c", "select receipt_id from receipt").stdout.split()
    for number in receipts:
        shown = [machine.run("receipt", number, "--format", form) for form in ("table", "json", "csv")]
        assert [receipt.returncode for receipt in shown] == [0, 0, 0]
        said += [receipt.stdout for receipt in shown]
    said += [machine.run("psql", "-At", "-c", f"select * from {table}").stdout
             for table in ("receipt", "report", "quarantine", "rejected_row")]
    assert machine.run("psql", "-c", "select * from received_file").returncode != 0

    with machine.daemon() as log:
        port = int(log.read_text().split("http://127.0.0.1:")[1].split("/")[0])
        for number in receipts:
            said += [get(port, f"/api/v1/receipts/{number}"), get(port, f"/api/v1/receipts/{number}.csv")]
        said += [get(port, path) for path in ("/api/v1/receipts", "/api/v1/receipts.csv?site=A-1", "/api/v1/sites/A-1",
                                              "/api/v1/sites/A-1/versions.csv", "/metrics")]
        said.append(log.read_text())
    everything = "\n".join(said)
    assert hashlib.sha256(REPORT.encode()).hexdigest() in everything
    for guess in GUESSES:
        assert guess[:12] not in everything
    # The sizes of the bytes would tell the arm as well.
    assert "intervention" not in everything and str(len(allocation("control"))) + " bytes" not in everything


def test_a_clinics_receipts_are_those_that_brought_something_of_it(machine):
    with machine.daemon() as log:
        port = int(log.read_text().split("http://127.0.0.1:")[1].split("/")[0])
        rows = json.loads(get(port, "/api/v1/receipts?site=A-1"))["rows"]
    assert {row["file"] for row in rows} == {"report.csv", "urine.csv"}
