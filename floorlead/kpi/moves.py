"""What is written for figures: the month's start, frozen once; the definition chosen; a target for a figure."""

from __future__ import annotations

from datetime import date

from floorlead.kpi import lists, queries, rules
from floorlead.kpi.records import YUAN, Kpi
from floorlead.store import Busy, CannotWrite, Refused, Store, decided
from floorlead.words import N_, _

LARGEST = 1_000_000


def take_snapshot(store: Store) -> bool:
    """Freeze how many prospects were open and orders undelivered when this month began, unless that was done already;
    it is never worked out again. Returns whether it was taken now.

    Nothing is taken where the file is only read, is written to by another terminal, or holds no customers and orders.
    """
    if store.reading or queries.frozen_at(store, rules.month_of(store.today())) or not _in_use(store):
        return False
    try:
        return _freeze(store)
    except (Busy, CannotWrite):
        return False


@decided
def _freeze(store: Store) -> bool:
    month = rules.month_of(store.today())
    if queries.frozen_at(store, month):  # another terminal was first
        return False
    found = queries.started(store, rules.first_of(month))
    team, people = queries.summed(found), queries.by_person(found)
    stamp = store.clock.stamp()
    rows: list[tuple[str, int | None, int]] = [(kept, None, team.get(name, 0)) for name, kept in queries.STARTS.items()]
    for who, mine in people.items():
        if who is not None:
            rows += [(kept, who, mine[name]) for name, kept in queries.STARTS.items() if mine.get(name)]
    words = N_("Start of {month}: {open} prospects open, {undelivered} orders undelivered")
    opened, waiting = team.get("open_at_start", 0), team.get("undelivered_at_start", 0)
    sql = "INSERT INTO month_starts(month, name, person_id, count, taken_at) VALUES (?, ?, ?, ?, ?)"
    with store.write(words, kind="note", month=month, open=opened, undelivered=waiting) as db:
        db.executemany(sql, [(month, *row, stamp) for row in rows])
    return True


def _in_use(store: Store) -> bool:
    return bool(store.one("SELECT EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM orders)"))


@decided
def choose(store: Store, kpi: Kpi, code: str, since: date) -> None:
    """Count a figure by a definition from a day on; what was chosen for later days is given up. Raises Refused."""
    if code not in {one.code for one in kpi.definitions}:
        raise Refused("E385", _("{name} has no definition {code}").format(name=kpi.shown, code=code))
    before = rules.in_force(kpi, queries.choices(store), since)
    later = store.one("SELECT 1 FROM kpi_choices WHERE kpi = ? AND since > ?", kpi.code, since.isoformat())
    if before == code and not later:
        told = _("{name} is counted by definition {code} on {day} already")
        raise Refused("E386", told.format(name=kpi.shown, code=code, day=since.isoformat()))
    words = N_("{name} by definition {code} from {day}")
    with store.write(words, name=kpi.both(), code=code, day=since.isoformat()) as db:
        db.execute("DELETE FROM kpi_choices WHERE kpi = ? AND since >= ?", (kpi.code, since.isoformat()))
        values = (kpi.code, code, since.isoformat())
        db.execute("INSERT INTO kpi_choices(kpi, definition, since) VALUES (?, ?, ?)", values)


@decided
def put_target(store: Store, kpi: Kpi, month: str, amount: int | None) -> None:
    """Set a figure's target of a month in percent or yuan a car; None takes it away. Raises Refused."""
    if amount is not None and not 0 <= amount <= (LARGEST if kpi.unit == YUAN else 100):
        top = LARGEST if kpi.unit == YUAN else 100
        raise Refused("E387", _("A target of {name} lies between 0 and {top}").format(name=kpi.shown, top=top))
    words = N_("Target of {name} in {month}: {amount}")
    shown = "-" if amount is None else str(amount) + ("" if kpi.unit == YUAN else "%")
    measure = queries.TARGET + kpi.code
    with store.write(words, name=kpi.both(), month=month, amount=shown) as db:
        if amount is None:
            db.execute("DELETE FROM targets WHERE month = ? AND measure = ?", (month, measure))
            return
        done = db.execute("UPDATE targets SET amount = ? WHERE month = ? AND measure = ?", (amount, month, measure))
        if not done.rowcount:
            sql = "INSERT INTO targets(month, measure, amount) VALUES (?, ?, ?)"
            db.execute(sql, (month, measure, amount))


def known(store: Store, code: str) -> Kpi:
    """A figure by its code. Raises Refused."""
    found = lists.book(store).kpi(code)
    if found is None:
        raise Refused("E388", _("There is no figure '{code}'").format(code=code))
    return found
