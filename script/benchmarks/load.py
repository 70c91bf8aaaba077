"""script/bench load: how long `mmt load` takes for doses and urine tests, beside psql's `\\copy` of the same rows.

One cluster, one run, taking turns: `\\copy` into a table of one row a dose (or test) with the same constraints; mmt load
of the file as a clinic writes it, receipt included; `\\copy` of the finished sheets, as mmt had made them, into
dose_sheet (or urine_list) itself. Medians are printed with every single time, and the largest memory of mmt.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import rows

MMT = os.environ["MMT"]

# What anybody would build by hand. Not nulls, checks, keys and foreign keys are those of dose_sheet and urine_list, a row
# at a time; tests also refer to their client, which lists cannot. The clients are there before the clock starts, whereas
# mmt load makes them.
PEERS = """
create schema peer;
create table peer.site (site_id int primary key, code text not null unique);
create table peer.client (
    site_id int not null references peer.site, client_id int not null, primary key (site_id, client_id));
create table peer.dose (
    site_id    int not null,
    client_id  int not null,
    dosed_on   date not null,
    version    int not null,
    receipt_id int not null,
    tenths_mg  smallint not null,
    line       int not null,
    constraint dose_pkey primary key (site_id, client_id, dosed_on, version),
    constraint dose_site_known foreign key (site_id) references peer.site (site_id),
    constraint dose_client_known foreign key (site_id, client_id) references peer.client (site_id, client_id),
    constraint dose_version_from_1 check (version >= 1),
    constraint dose_possible check (tenths_mg > 0 and tenths_mg <= 5000),
    constraint dose_line_from_1 check (line >= 1)
);
create table peer.test (
    site_id      int not null,
    client_id    int not null,
    collected_on date not null,
    substance    smallint not null,
    version      int not null,
    receipt_id   int not null,
    result       smallint not null,
    schedule     smallint not null,
    line         int not null,
    constraint test_pkey primary key (site_id, client_id, collected_on, substance, version),
    constraint test_site_known foreign key (site_id) references peer.site (site_id),
    constraint test_client_known foreign key (site_id, client_id) references peer.client (site_id, client_id),
    constraint test_version_from_1 check (version >= 1),
    constraint test_result_known check (result between 0 and 3),
    constraint test_substance_known check (substance between 0 and 6),
    constraint test_schedule_known check (schedule between 0 and 2),
    constraint test_line_from_1 check (line >= 1)
);
"""

KINDS = {
    # kind: (generator, peer, table of ours, rows of a peer in one number, rows of ours in the same number)
    "doses": (rows.doses, "peer.dose", "dose_sheet", "count(*) || ' of ' || sum(tenths_mg)",
              "select count(*) || ' of ' || sum(t) from mmt.dose_sheet, unnest(tenths_mg) as t where t is not null"),
    "tests": (rows.tests, "peer.test", "urine_list", "count(*) || ' of ' || sum(result)",
              "select count(*) || ' of ' || sum(r) from mmt.urine_list, unnest(result) as r"),
}


def main():
    options = arguments()
    work = Path(tempfile.mkdtemp(prefix="mmt-bench-"))
    work.chmod(0o755)
    os.environ["MMT_DATA"] = str(work / "data")
    for name in ("DATABASE_URL", "PGHOST", "PGSERVICE", "MMT_PSEUDONYM_KEY_FILE"):
        os.environ.pop(name, None)
    if options.pseudonyms:
        key = work / "key"
        key.write_bytes(os.urandom(32))
        key.chmod(0o600)
        os.environ["MMT_PSEUDONYM_KEY_FILE"] = str(key)
    daemon = None
    try:
        rows.sites(work / "sites.csv")
        subprocess.run([MMT, "load", work / "sites.csv"], check=True, stdout=subprocess.DEVNULL)
        with open(work / "log", "w") as log:  # keeps the cluster up, as in a clinic
            daemon = subprocess.Popen([MMT, "serve", "--port", "0"], stdout=log, stderr=log)
        while "http://127.0.0.1" not in (work / "log").read_text():
            time.sleep(0.2)
        sql(PEERS + "insert into peer.site select n, 'GX' || lpad(n::text, 4, '0') from generate_series(1, 740) n")
        print(f"{os.cpu_count()} cores, {load()}; PostgreSQL as mmt sets it up"
              f"{'; with a pseudonym key' if options.pseudonyms else ''}")
        for kind, counts in (("doses", options.doses), ("tests", options.tests)):
            for count in counts:
                measure(kind, count, options.runs, work)
    finally:
        if daemon:
            daemon.terminate()
            daemon.wait()
        shutil.rmtree(work)


def arguments():
    parser = argparse.ArgumentParser(prog="script/bench load")
    parser.add_argument("--full", action="store_true", help="10 million doses (and 1 million before), 3 million tests")
    parser.add_argument("--doses", type=int, nargs="*", help="sizes; usually 1000000")
    parser.add_argument("--tests", type=int, nargs="*", help="sizes; usually 300000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pseudonyms", action="store_true", help="with a pseudonym key: clients' numbers hashed, the file sealed")
    options = parser.parse_args()
    if options.doses is None:
        options.doses = [1_000_000, 10_000_000] if options.full else [1_000_000]
    if options.tests is None:
        options.tests = [3_000_000] if options.full else [300_000]
    return options


def measure(kind, count, runs, work):
    generate, peer, ours, peer_sum, our_sum = KINDS[kind]
    raw, flat, clients, sheets = (work / f"{kind}-{name}.csv" for name in ("raw", "rows", "clients", "sheets"))
    made = generate(count, raw, flat, clients)
    sql("truncate peer.dose, peer.test, peer.client")
    sql(rf"\copy peer.client from '{clients}' csv")
    times = {"copy": [], "load": [], "sheets": []}
    memory = []
    for _ in range(runs):
        forget(peer)
        times["copy"].append(seconds(["psql", *SESSION, "-c", rf"\copy {peer} from '{flat}' csv"])[0])
        sums = [sql(f"select {peer_sum} from {peer}")]
        forget(peer)
        taken, peak = seconds([MMT, "load", raw])
        times["load"].append(taken)
        memory.append(peak)
        sums.append(sql(our_sum))
        assert sums[0] == sums[1] and sums[0].startswith(f"{made} of"), f"not the same rows: {sums}"
        if not sheets.exists():
            sql(rf"\copy mmt.{ours} to '{sheets}' csv")
        sql(f"truncate mmt.{ours}")
        sql("checkpoint")
        times["sheets"].append(seconds(["psql", *SESSION, "-c", rf"\copy mmt.{ours} from '{sheets}' csv"])[0])
    bundles = sum(1 for _ in open(sheets))
    copy, load_, sheet = (statistics.median(times[name]) for name in ("copy", "load", "sheets"))
    print(f"\n{made:,} {kind} ({raw.stat().st_size / 1e6:,.0f} MB), {load()}")
    for name, label in (("load", "mmt load"), ("copy", f"\\copy into {peer}"), ("sheets", f"\\copy into {ours}")):
        print(f"  {label:24} {statistics.median(times[name]):7.2f} s   of {', '.join(f'{t:.2f}' for t in times[name])}")
    print(f"  memory of mmt {max(memory) / 1024:.0f} MB at most")
    print(f"  Against \\copy of the same rows into a table of one row a {kind[:-1]} with the same constraints, mmt load takes "
          f"{load_ / copy:.2f} of the time.")
    print(f"  Against \\copy of the {bundles:,} finished rows, as mmt had made them, into {ours} itself it takes "
          f"{load_ / sheet:.2f} of the time: that \\copy reads, checks, archives and counts no file.", flush=True)
    for file in (raw, flat, clients, sheets):
        file.unlink()


def forget(peer):
    """As it was before: nothing of the kind is known, and no file of it has arrived."""
    sql(f"truncate {peer}")
    sql("truncate mmt.dose_sheet, mmt.urine_list, mmt.episode, mmt.client, mmt.stay, mmt.record_span, mmt.stay_count, "
        "mmt.treatment_month, mmt.entry_cohort, mmt.test_count")
    sql("truncate mmt.received_file cascade")
    sql("checkpoint")


SESSION = ["-XqAt", "-v", "ON_ERROR_STOP=1"]


def sql(statement):
    return subprocess.run(["psql", *SESSION, "-c", statement], check=True, capture_output=True, text=True,
                          env=database()).stdout.strip()


def database():
    return {**os.environ, "PGHOST": f"{os.environ['MMT_DATA']}/run", "PGDATABASE": "mmt", "PGUSER": "postgres"}


def seconds(command):
    """How long it takes, and its largest memory in KiB."""
    environment = database() if command[0] == "psql" else os.environ
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command} ended with {process.returncode}")
    print(f"  {time.strftime('%H:%M:%S')} {taken:.2f} s, {load()}: {' '.join(map(str, command))[-90:]}", file=sys.stderr,
          flush=True)
    return taken, usage.ru_maxrss


def load():
    return f"load average {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
