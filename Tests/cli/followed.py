"""Who stayed how long, worked out from single records in plain sets of days: what the tables of sql/migrations/014_stays.sql
must hold, by their comments. Nothing here is fast, and nothing is taken from sql/merge."""
from collections import Counter, defaultdict
from datetime import date, timedelta

GOES_ON = "infinity"
DAY = timedelta(days=1)
FIRST_MONTH = date(2000, 1, 1)  # of those that can be reported on (table reporting_month)


def month_of(day):
    return day.replace(day=1)


def next_month(month, months=1):
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def months_between(first, last):
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


class Stay:
    """Days of one client under one rule; `ended_on` None: it goes on. `origin`: first day of treatment."""

    def __init__(self, client, started_on, ended_on, entered_on=None, reason=None):
        self.client, self.started_on, self.ended_on = client, started_on, ended_on
        self.entered_on, self.reason = entered_on, reason

    @property
    def origin(self):
        return self.entered_on or self.started_on

    def lasts_on(self, day):
        return self.origin <= day and (self.ended_on is None or day <= self.ended_on)

    def row(self):
        return (self.entered_on, self.ended_on, self.reason)


def reported_stays(client, episodes):
    """`episodes`: first day -> (last day or None, reason or None). Those that share a day are one stay."""
    stays = []
    for started_on in sorted(episodes):
        ended_on, reason = episodes[started_on]
        if stays and (stays[-1].ended_on is None or started_on <= stays[-1].ended_on):
            last = stays[-1]
            if ended_on is None:
                last.ended_on = last.reason = None
            elif last.ended_on is not None and ended_on >= last.ended_on:
                # Of two that end on one day the later says why, if it does.
                last.reason = reason or (last.reason if ended_on == last.ended_on else None)
                last.ended_on = ended_on
        else:
            stays.append(Stay(client, started_on, ended_on, reason=reason))
    for stay in stays:
        stay.reason = None if stay.ended_on is None else stay.reason or "other"
    return stays


def dosed_stays(client, doses, episodes, missed_days):
    """`doses`: a set of days. Whoever misses so many days in a row has left with the dose before them."""
    stays = []
    for day in sorted(doses):
        if stays and (day - stays[-1].ended_on).days - 1 < missed_days:
            stays[-1].ended_on = day
        else:
            stays.append(Stay(client, day, day))
    reported = reported_stays(client, episodes)
    left_before = date.min
    for stay in stays:
        for episode in reported:
            goes_on_at_first_dose = episode.ended_on is None or episode.ended_on >= stay.started_on
            # One who left and comes back begins anew, though the clinic may never have closed his episode.
            if left_before < episode.started_on <= stay.started_on and goes_on_at_first_dose:
                stay.entered_on = episode.started_on
        begun = [episode for episode in reported if episode.started_on <= stay.ended_on]
        last_end = begun[-1].ended_on if begun else None
        if last_end and last_end >= stay.started_on and abs((last_end - stay.ended_on).days) <= missed_days:
            stay.reason = begun[-1].reason
        left_before = stay.ended_on
    return stays


class Followed:
    """One clinic under one rule, as far as its records tell. `doses`: month -> client-days with one."""

    def __init__(self, rule, missed_days, stays, doses):
        self.rule, self.missed_days, self.stays, self.doses = rule, missed_days, stays, doses
        self.first_day = min(stay.started_on for stay in stays)
        newest = max(day for stay in stays for day in (stay.started_on, stay.ended_on) if day)
        self.last_day = newest - (missed_days or 0) * DAY
        self.known = [self.as_known(stay) for stay in stays if stay.started_on <= self.last_day]
        self.clients = defaultdict(list)
        for stay in sorted(self.known, key=lambda stay: stay.started_on):
            self.clients[stay.client].append(stay)

    def as_known(self, stay):
        """On the last day that the records tell of: whose end lies beyond it is still there."""
        has_ended = stay.ended_on is not None and stay.ended_on <= self.last_day
        return Stay(stay.client, stay.started_on, stay.ended_on if has_ended else None, stay.entered_on,
                    (stay.reason or "dropout") if has_ended else None)

    def has_unknown_origin(self, stay):
        first_days = [self.first_day + number * DAY for number in range(self.missed_days or 0)]
        return stay.entered_on is None and stay.started_on in first_days

    def was_under_way(self, stay):
        return self.has_unknown_origin(stay) or stay.origin < self.first_day

    def fill(self, tables):
        for stay in self.stays:
            tables["stay"][self.rule, stay.client, stay.started_on] = stay.row()
        tables["record_span"][self.rule,] = (
            self.first_day, self.last_day, sum(map(self.has_unknown_origin, self.known)))
        tables["stay_count"].update({key: (clients,) for key, clients in self.stay_counts().items()})
        for month in months_between(self.first_day, self.last_day):
            is_whole = month >= self.first_day and next_month(month) - DAY <= self.last_day
            if is_whole and month >= FIRST_MONTH:
                tables["treatment_month"][self.rule, month] = self.treatment_month(month)
        for month, entrants in self.cohorts().items():
            if month >= FIRST_MONTH:
                tables["entry_cohort"][self.rule, month] = self.cohort(month, entrants)

    def stay_counts(self):
        return Counter(
            (self.rule, stay.origin, stay.started_on, stay.ended_on or GOES_ON, stay.reason or "none")
            for stay in self.known if not self.has_unknown_origin(stay))

    def days_and_dropouts(self, first, last):
        """Of each client who was there between the two days."""
        days, dropouts = Counter(), Counter()
        for stay in self.known:
            stayed = (min(stay.ended_on or last, last) - max(stay.started_on, first)).days + 1
            if stayed > 0:
                days[stay.client] += stayed
                dropouts[stay.client] += stay.reason == "dropout" and stay.ended_on <= last
        return days, dropouts

    def treatment_month(self, month):
        last = next_month(month) - DAY
        days, dropouts = self.days_and_dropouts(month, last)
        in_month = [stay for stay in self.known if stay.ended_on and month <= stay.ended_on <= last]
        entries = sum(month <= stay.started_on <= last and not self.was_under_way(stay) for stay in self.known)
        of_year, left_in_year = self.days_and_dropouts(next_month(month, -11), last)
        return (len(days), sum(days.values()), entries, len(in_month), sum(dropouts.values()),
                (self.doses.get(month) if self.missed_days else None),
                len(of_year), sum(of_year.values()), sum(left_in_year.values()),
                sum(left_in_year[client] ** 2 for client in of_year),
                sum(left_in_year[client] * of_year[client] for client in of_year),
                sum(of_year[client] ** 2 for client in of_year))

    def cohorts(self):
        """Month -> the clients who entered in it for the first time."""
        found = defaultdict(list)
        for client, stays in self.clients.items():
            if not self.was_under_way(stays[0]):
                found[month_of(stays[0].origin)].append(client)
        return found

    def cohort(self, month, clients):
        columns = [[] for _ in range(6)]
        for number in range(1, 25):
            days = round(number * 30.4375) * DAY
            # Of whoever might have entered until the month's last day.
            if next_month(month) - DAY + days > self.last_day:
                break
            fates = [self.fate(stays, stays[0].origin + days) for stays in map(self.clients.get, clients)]
            for column, values in zip(columns, zip(*fates)):
                column.append(sum(values))
        return (len(clients), *map(tuple, columns))

    @staticmethod
    def fate(stays, day):
        """Of one client on a day: uninterrupted, in treatment, transferred, died, dropouts, dropouts squared."""
        ended = [stay for stay in stays if stay.ended_on and stay.ended_on < day]
        is_in = stays[0].lasts_on(day) or any(stay.started_on <= day and stay.lasts_on(day) for stay in stays)
        dropouts = sum(stay.reason == "dropout" for stay in ended)
        last_reason = None if is_in else ended[-1].reason
        return (stays[0].lasts_on(day), is_in, last_reason == "transferred", last_reason == "died", dropouts, dropouts ** 2)
