"""What clients' tests, assessments and the register of providers add up to, worked out from single records: what the tables
test_count, behaviour_count, score_count and provider_count of sql/migrations/015_tests_and_assessments.sql must hold, by their comments."""
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from followed import FIRST_MONTH, month_of, months_between, next_month

BEHAVIOURS = ("heroin_use", "injecting", "sharing", "offending", "employment")


def fill_tests(tests, table):
    found = defaultdict(Counter)  # (client, month) -> result -> tests
    for (client, day, substance), result in tests.items():
        if substance == "opioid" and day >= FIRST_MONTH:
            found[client, month_of(day)][result] += 1
    if not found:
        return
    clients = {client for client, _ in found}
    every_month = sorted({month for _, month in found})
    for month in months_between(every_month[0], every_month[-1]):
        for length in (1, 12):
            window = [next_month(month, -back) for back in range(length)]
            rows = [client_row(found, client, window) for client in clients]
            if any(row["due"] for row in rows):
                table[month, length] = summed(rows)


def done(counts):
    return counts["negative"] + counts["positive"]


def client_row(found, client, window):
    def positive(month, back=0):
        return found.get((client, next_month(month, -back)), Counter())["positive"] > 0

    def tested(month, back=0):
        return done(found.get((client, next_month(month, -back)), Counter())) > 0

    total = sum((found.get((client, month), Counter()) for month in window), Counter())
    return {
        "tests": done(total), "positive": total["positive"], "invalid": total["invalid"], "missed": total["missed"],
        "due": sum(total.values()), "worst": sum(total.values()) - total["negative"],
        "followed": any(tested(month) and tested(month, 1) for month in window),
        "relapsed": any(positive(month) and positive(month, 1) and not positive(month, 2) for month in window)}


def summed(rows):
    def add(one, other=None):
        return sum(row[one] * (row[other] if other else 1) for row in rows)

    def having(name):
        return sum(bool(row[name]) for row in rows)

    shares = [floor(Fraction(1_000_000 * row["positive"], row["tests"]) + Fraction(1, 2)) for row in rows if row["tests"]]
    return (having("tests"), having("positive"), add("tests"), add("positive"), add("invalid"), add("missed"),
            add("tests", "tests"), add("positive", "positive"), add("tests", "positive"), sum(shares),
            sum(share ** 2 for share in shares), having("due"), add("due", "due"), add("worst", "worst"), add("due", "worst"),
            having("followed"), having("relapsed"))


def fill_assessments(assessments, tables):
    own = {key[1:]: row for key, row in assessments.items() if key[0] == ""}
    if any(day for _, day, _, _ in own.values()):
        fill_behaviour(own, tables["behaviour_count"])
        fill_scores(own, tables["score_count"])


def fill_behaviour(own, table):
    """Paired: the same person at intake and at the later visit."""
    newest = max(day for _, day, _, _ in own.values() if day)
    totals = defaultdict(Counter)
    visits = {(instrument, visit) for (_, visit, instrument), (_, day, _, _) in own.items() if visit > 0 and day}
    for (who, at, instrument), (role, day, status, value) in own.items():
        if instrument not in BEHAVIOURS or at != 0 or role != "client" or status != "done" or day is None:
            continue
        for visit in (visit for asked, visit in visits if asked == instrument):
            _, _, later_status, later_value = own.get((who, visit, instrument), (None, None, None, None))
            before, has_answered = value > 0, later_status == "done"
            # A month is left for the visit before its absence tells anything.
            is_due = later_status is not None or months_later(day, visit + 1) <= newest
            after = has_answered and later_value > 0
            totals[instrument, visit, month_of(day)].update(dict(
                asked=1, due=is_due, followed=has_answered, before=before and has_answered, after=after,
                both=before and after, lost=is_due and not has_answered and before))
    for key, total in totals.items():
        if key[2] >= FIRST_MONTH:
            table[key] = tuple(
                total[name] for name in ("asked", "due", "followed", "before", "after", "both", "lost"))


def months_later(day, months):
    """The same day of a later month, or that month's last."""
    month = next_month(month_of(day), months)
    return min(month + timedelta(days=day.day - 1), next_month(month) - timedelta(days=1))


def fill_scores(own, table):
    last = {}  # (role, instrument, month, who) -> (day, visit, value)
    for (who, visit, instrument), (role, day, status, value) in own.items():
        if status == "done" and day and day >= FIRST_MONTH and instrument not in BEHAVIOURS:
            key = (role, instrument, month_of(day), who)
            last[key] = max(last.get(key, (date.min, 0, 0)), (day, visit, value))
    for role, instrument, month in {key[:3] for key in last}:
        scores = [score for key, (_, _, score) in last.items() if key[:3] == (role, instrument, month)]
        table[role, instrument, month] = (len(scores), sum(scores, Decimal(0)), sum((s * s for s in scores), Decimal(0)))


def fill_providers(participants, table):
    """A provider works here until the day before he is withdrawn; whose first day nobody told, since ever."""
    providers = [(enrolled or FIRST_MONTH, withdrawn) for (trial, _), (role, enrolled, withdrawn) in participants.items()
                 if trial == "" and role == "provider"]
    turns = [max(day, FIRST_MONTH) for provider in providers for day in provider if day]
    before = 0
    for month in months_between(FIRST_MONTH, max(turns, default=date.min)):
        last = next_month(month) - timedelta(days=1)
        now = sum(enrolled <= last and (withdrawn is None or withdrawn > last) for enrolled, withdrawn in providers)
        if now != before:
            table[month,] = (now,)
        before = now
