"""What a database must hold after loads that were cut off or overtook one another, worked out from the files alone."""
import hashlib
import signal
from contextlib import contextmanager

SEED = 27
SITES = [f"S-{number:03d}" for number in range(400)]
CLINICS = SITES[:8]  # those that send doses and tests
CLIENTS = 120  # in each
RESULTS = ["negative", "positive", "invalid", "missed"]
HEADERS = {"doses": "site,client,dosed_on,dose_mg", "urine": "site,client,collected_on,result",
           "monthly": "site,month,opening,closing"}

# What is known now, a text a row, and the month that it is of.
KNOWN = {
    "doses": """
        select concat_ws(' ', s.code, c.code, d.dosed_on, round(d.dose_mg, 1)) as row, d.dosed_on as day
        from dose d join client c using (site_id, client_id) join site s using (site_id)""",
    "urine": """
        select concat_ws(' ', s.code, c.code, u.collected_on, u.substance, u.result) as row, u.collected_on as day
        from urine_test u join client c using (site_id, client_id) join site s using (site_id)""",
    "monthly": """
        select concat_ws(' ', s.code, r.opening, r.closing) as row, r.month as day
        from current_report r join site s using (site_id)""",
}


def content(kind, month, chance, part):
    """Some of a month's rows: what each is about, and what it says."""
    if kind == "monthly":
        return {(site, month): f"{chance.randrange(500)},{chance.randrange(500)}"
                for site in SITES if chance.random() < part}
    days = [f"{month}-{day:02d}" for day in range(1, 29, 1 if kind == "doses" else 2)]
    return {(site, f"C-{client:04d}", day):
            f"{chance.randrange(20, 1200) / 10:.1f}" if kind == "doses" else chance.choice(RESULTS)
            for site in CLINICS for client in range(CLIENTS) for day in days if chance.random() < part}


def write(machine, name, kind, rows):
    return machine.write(name, [HEADERS[kind], *(",".join([*key, value]) for key, value in rows.items())])


class Books:
    """What the database must hold: each kind's months, changed by each file in the order of arrival."""

    def __init__(self):
        self.rows = {kind: {} for kind in KNOWN}
        self.digests = {kind: {} for kind in KNOWN}

    def take(self, kind, month, rows):
        """The counts of the file's receipt: received, inserted, changed, unchanged, rejected."""
        known = self.rows[kind].setdefault(month, {})
        inserted = sum(key not in known for key in rows)
        changed = sum(key in known and known[key] != value for key, value in rows.items())
        known.update(rows)
        if kind == "monthly":
            texts = [f"{site} {value.replace(',', ' ')}" for (site, _), value in known.items()]
        else:
            test = "opioid " if kind == "urine" else ""
            texts = [f"{site} {client} {day} {test}{value}" for (site, client, day), value in known.items()]
        self.digests[kind][month] = (len(texts), hashlib.md5("\n".join(sorted(texts)).encode()).hexdigest())
        return [len(rows), inserted, changed, len(rows) - inserted - changed, 0]

    def hold(self, machine, kinds=KNOWN, month=""):
        """Every row once, as the file that arrived last has it, and none that no file brought."""
        for kind in kinds:
            found = machine.query(f"""
                select to_char(day, 'YYYY-MM'), count(*), md5(string_agg(row, E'\\n' order by row collate "C"))
                from ({KNOWN[kind]}) as known where to_char(day, 'YYYY-MM') like '{month}%' group by 1""")
            assert {month: (int(count), md5) for month, count, md5 in found} == self.digests[kind], kind


def receipts(machine, condition="true"):
    """In the order of arrival: name, outcome, the five counts."""
    return [(name, outcome, [int(count) for count in counts]) for name, outcome, *counts in machine.query(
        f"""select file_name, outcome, rows_received, rows_inserted, rows_changed, rows_unchanged, rows_rejected
            from receipt where {condition} order by receipt_id""")]


def nothing_is_open_or_wrong(machine):
    assert receipts(machine, "outcome = 'started'") == []
    for _, _, (received, *parts) in receipts(machine):
        assert received == sum(parts)
    assert machine.query("select file_id from receipt where outcome = 'loaded' group by 1 having count(*) > 1") == []


def hold_content(file):
    """A statement that holds the row of a file, whether it has arrived already or not."""
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"""insert into mmt.received_file (content, byte_count) values ('{content}', {file.stat().st_size})
               on conflict do nothing;
               begin; select from mmt.received_file where content = '{content}' for no key update"""


def is_waiting_for_content(machine):
    return any("select from received_file where file_id = (" in text for text in machine.doing())


@contextmanager
def held_up(machine, file):
    """A load that waits, with its file arrived and written down, as long as the block lasts: for the row that keeps two
    loads of one content apart."""
    session = machine.session(hold_content(file))
    load = machine.start("load", file)
    machine.wait_until(lambda: is_waiting_for_content(machine))
    yield load
    session.communicate("")
    load.communicate(timeout=120)
    assert load.returncode in (0, -signal.SIGKILL)


def waiting(machine):
    """The server's processes that wait for another load of the same content to end."""
    return {pid for pid, in machine.query(
        "select pid from pg_stat_activity "
        "where usename = 'mmt_ingest' and state = 'active' and query like 'select from received_file where file_id = (%'")}
