"""The corpus of hostile files (Tests/corpus): every receipt is the one that was judged right, nothing dies, nothing is
lost, and a second time changes nothing."""
import json
import os
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MMT = Path(os.environ.get("MMT_PROGRAM", ROOT / ".build/debug/mmt"))
EXPECTED = ROOT / "Tests/corpus/expected"
#: In this order; the others do not depend on one another.
SENDERS = ["first", "files", "names", "wide", "changing", "strict", "whole", "arrivals"]
POLICIES = {"strict": ["--on-changed-header", "refuse"], "whole": ["--takes", "whole-file"]}
#: What still goes wrong, and what the program says instead. Whoever puts one right takes it out: strict xfail.
WRONG = {}

#: Bad rows that a good one with the same key answers further down in the file.
ANSWERED = {"files/calendar_bad.csv": 2, "files/rows_twice.csv": 1}

#: A receipt as the expected ones are written.
RECEIPTS = """
select json_agg(json_strip_nulls(json_build_object(
    'sha256', sha256, 'receipt', receipt_id, 'outcome', outcome, 'kind', kind, 'format', format, 'sheet', sheet,
    'encoding', encoding, 'reason', encoding_evidence ->> 'code', 'refusal', refusal ->> 'code',
    'counts', json_build_object('received', rows_received, 'inserted', rows_inserted, 'changed', rows_changed,
        'unchanged', rows_unchanged, 'rejected', rows_rejected, 'flagged', rows_flagged),
    'notices', (select json_agg(n ->> 'code') from jsonb_array_elements(notices) n),
    'defects', (select json_agg(json_build_array(line, column_name, code, expected) order by line, number)
                from row_defect d where d.receipt_id = r.receipt_id),
    'questions', (select json_agg(json_build_array(line, column_name, code, expected) order by line, number)
                  from row_question q where q.receipt_id = r.receipt_id))) order by receipt_id)
from receipt r
"""
FIGURES = """
select md5(string_agg(row_text, '' order by row_text)) from (
    select to_jsonb(f)::text as row_text from indicator_count f
    union all select to_jsonb(r)::text from current_report r
    union all select to_jsonb(f)::text from report_flag f
    union all select to_jsonb(s)::text from site s
    union all select to_jsonb(d)::text from dose_sheet d
    union all select to_jsonb(u)::text from urine_list u
    union all select to_jsonb(e)::text from episode e
    union all select to_jsonb(a)::text from assessment a
    union all select to_jsonb(q) ->> 'key' from rejected_row q where superseded_by is null) as every
"""


class Corpus:
    """The files, and the receipts of their first and second loads."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items()
                            if name not in ("DATABASE_URL", "PGHOST", "PGSERVICE")}
        self.environment |= {"MMT_DATA": str(folder / "data"), "LANG": "en_GB.UTF-8"}
        subprocess.run([sys.executable, ROOT / "Tests/corpus/make.py", folder / "corpus"], check=True)
        self.statuses = []
        for sender, policy in POLICIES.items():
            self.run("source", sender, *policy)
        self.first = self.load()
        self.figures = self.value(FIGURES)
        self.second = self.load()

    def run(self, *arguments):
        return subprocess.run([os.fsencode(MMT), *map(os.fsencode, arguments)], env=self.environment,
                              capture_output=True, timeout=300)

    def value(self, statement):
        answer = self.run("psql", "-At", "-c", statement)
        assert answer.returncode == 0, answer.stderr.decode()
        return answer.stdout.decode().rstrip("\n")

    def administered(self, statement):
        """Asked as the server's administrator, from within mmt's psql, which keeps the server running: receipts of sessions and
        allocations are not for analysts."""
        file = self.folder / "statement.sql"
        file.write_text("set search_path = mmt, public;\n" + statement + ";\n")
        return self.value(f"\\! psql -XqAt -h '{self.folder}/data/run' -U postgres -f '{file}' mmt")

    def load(self):
        """Every file, a sender at a time: the receipts of each, by sender and encoded name."""
        receipts = {}
        for sender in SENDERS:
            folder = os.fsencode(self.folder / "corpus" / sender)
            names = sorted(os.listdir(folder))
            source = "default" if sender in ("first", "files", "names", "arrivals") else sender
            load = self.run("load", "--format", "json", "--source", source, "--",
                            *[os.path.join(folder, name) for name in names])
            self.statuses.append(load.returncode)
            told = told_receipts(load.stdout.decode())
            for name in names:
                receipts[sender, urllib.parse.quote(name, safe=" ")] = taken(told)
            assert not told, f"receipts of no file: {told}\n{load.stderr.decode()}"
        stored = {receipt.pop("receipt"): receipt for receipt in json.loads(self.administered(RECEIPTS))}
        return {name: [(told, stored[told["receipt"]]) for told in group] for name, group in receipts.items()}


def told_receipts(text):
    """JSON documents that stand one after another."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        receipt, at = decoder.raw_decode(text, at)
        found.append(receipt)
    return found


def taken(told):
    """The receipts of the next file: one, or one for each sheet."""
    assert told, "a file without a receipt: the program stopped before it"
    group = [told.pop(0)]
    while told and group[0].get("sheet") and told[0].get("sheet") and told[0]["file"] == group[0]["file"]:
        group.append(told.pop(0))
    return group


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for above in [folder, *folder.parents][:3]:
        above.chmod(0o755)  # as root, PostgreSQL runs under another account, which has to get in
    return Corpus(folder)


def normal(stored):
    """As an expected receipt is written: no zeros, nothing that is blank, days of the test's own run by their names."""
    receipt = {name: value for name, value in stored.items() if name != "sha256"}
    receipt["counts"] = {name: count for name, count in receipt["counts"].items() if count}
    receipt["defects"] = [[*defect[:3], {"date_in_future": "today", "month_in_future": "this month"}.get(
        defect[2], defect[3])] for defect in receipt.get("defects", [])]
    return {name: value for name, value in receipt.items() if value}


def without_columns(receipt):
    """The columns that changed since the file before: said of every file here, and judged for two senders alone."""
    notices = [code for code in receipt.get("notices", []) if not code.startswith("columns_")]
    return {name: value for name, value in {**receipt, "notices": notices}.items() if value}


FILES = sorted((path.parent.name, path.name.removesuffix(".json")) for path in EXPECTED.glob("*/*.json"))


def judged():
    """Every file; those that go wrong are expected to."""
    for file in FILES:
        wrong = WRONG.get("/".join(file))
        marks = [pytest.mark.xfail(strict=True, reason=wrong)] if wrong else []
        yield pytest.param(file, id="/".join(file), marks=marks)


@pytest.mark.parametrize("file", judged())
def test_the_receipt_is_the_one_judged_right(corpus, file):
    sender, name = file
    wanted = json.loads((EXPECTED / sender / f"{name}.json").read_text())
    given = [normal(stored) for _, stored in corpus.first[file]]
    if sender not in ("changing", "strict"):
        given = [without_columns(receipt) for receipt in given]
    assert given == wanted


def test_every_file_has_a_receipt_and_an_expected_one(corpus):
    assert sorted(corpus.first) == FILES
    assert len(FILES) >= 80


def test_every_receipt_adds_up(corpus):
    for load in (corpus.first, corpus.second):
        for told, stored in (pair for group in load.values() for pair in group):
            assert told["received"] == sum(told[part] for part in ("inserted", "changed", "unchanged", "rejected"))
            assert stored["counts"] == {name: told[name] for name in stored["counts"]}, told["file"]
            assert len(told["defects"]) == min(200, len(stored.get("defects", [])))


def test_the_program_is_never_killed(corpus):
    assert all(status in (0, 2, 3) for status in corpus.statuses), corpus.statuses


def test_a_second_time_changes_no_figure(corpus):
    assert corpus.value(FIGURES) == corpus.figures


@pytest.mark.parametrize("file", FILES, ids="/".join)
def test_a_second_time_brings_nothing(corpus, file):
    for (again, _), (first, _) in zip(corpus.second[file], corpus.first[file], strict=True):
        assert (again["inserted"], again["changed"], again["received"]) == (0, 0, first["received"])
        # What a later file, or a row further down, has put right is settled, and is not refused once more.
        assert file[0] in ("arrivals", "whole") or again["rejected"] == first["rejected"] - ANSWERED.get("/".join(file), 0)


def test_the_archive_gives_back_every_byte(corpus):
    for name in list(corpus.first)[::40]:
        sender, encoded = name
        path = os.fsencode(corpus.folder / "corpus" / sender) + b"/" + urllib.parse.unquote_to_bytes(encoded)
        with open(path, "rb") as file:
            assert corpus.run("receipt", str(corpus.first[name][0][0]["receipt"]), "--file").stdout == file.read(), name
