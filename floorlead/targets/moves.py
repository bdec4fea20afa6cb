"""What is set and said about targets, each one action: numbers, shares, weights, forecasts, causes with their action.

A month's target is never changed by what was done; only the split of what is left follows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from floorlead.people.records import Person
from floorlead.percent import as_set
from floorlead.store import Refused, Store, decided
from floorlead.targets import queries, rules
from floorlead.targets.records import FORECAST, MEASURE_WORDS, MEASURES
from floorlead.text import clean, free
from floorlead.words import N_, _, both

HIGHEST = 99_999
CAUSE_LIMIT, ACTION_LIMIT, OWNER_LIMIT = 60, 120, 40


@decided
def set_target(store: Store, month: str, measure: str, amount: int | None) -> None:
    """Set a month's target; None takes it away. Raises Refused."""
    set_targets(store, month, {measure: amount})


@decided
def set_targets(store: Store, month: str, wanted: Mapping[str, int | None]) -> None:
    """Set several targets of a month as one action; None takes one away, what is so already is left. Raises Refused."""
    now = queries.targets(store, month)
    for measure, amount in wanted.items():
        _measure(measure)
        _amount(amount)
    change = {measure: amount for measure, amount in wanted.items() if now.get(measure) != amount}
    if not change:
        return
    with store.write(N_("Targets {month}: {what}"), month=month, what=_told(change)) as db:
        for measure, amount in change.items():
            _put(db, month, measure, amount)


def _told(change: Mapping[str, int | None]) -> dict[str, str]:
    words = {measure: both(MEASURE_WORDS[measure]) for measure in change}
    return {
        code: ", ".join(f"{words[name][code]} {'-' if n is None else n}" for name, n in change.items())
        for code in ("zh", "en")
    }


def _put(db: Any, month: str, measure: str, amount: int | None) -> None:
    if amount is None:
        db.execute("DELETE FROM targets WHERE month = ? AND measure = ?", (month, measure))
        return
    done = db.execute("UPDATE targets SET amount = ? WHERE month = ? AND measure = ?", (amount, month, measure))
    if not done.rowcount:
        db.execute("INSERT INTO targets(month, measure, amount) VALUES (?, ?, ?)", (month, measure, amount))


def _measure(measure: str) -> None:
    if measure not in MEASURES:
        told = _("There is no measure '{name}'; there are: {names}")
        raise Refused("E370", told.format(name=clean(measure, 20), names=", ".join(MEASURES)))


def _amount(amount: int | None) -> None:
    if amount is not None and not 0 <= amount <= HIGHEST:
        raise Refused("E371", _("A target is a whole number from 0 to {most}").format(most=HIGHEST))


@decided
def copy_last(store: Store, month: str) -> None:
    """Take over the targets and shares of the month before, where this one has none of its own. Raises Refused."""
    before = rules.moved(month, -1)
    old, mine = queries.targets(store, before), queries.targets(store, month)
    fresh = {measure: amount for measure, amount in old.items() if measure not in mine}
    if not fresh:
        told = _("{before} has no target that {month} lacks") if old else _("{before} has no targets to copy")
        raise Refused("E372", told.format(before=before, month=month))
    with store.write(N_("Targets {month} as in {before}: {what}"), month=month, before=before, what=_told(fresh)) as db:
        for measure, amount in fresh.items():
            _put(db, month, measure, amount)
        there = db.execute("SELECT 1 FROM target_shares WHERE month = ?", (month,)).fetchone()
        if not there:
            _copy_shares(db, store, before, month)


def _copy_shares(db: Any, store: Store, before: str, month: str) -> None:
    """The shares of those who still belong to the showroom."""
    people = queries.people(store)
    for who, share in store.rows("SELECT person_id, share FROM target_shares WHERE month = ?", before):
        left = people[who].left_on
        if left is None or left >= rules.first_of(month):
            db.execute("INSERT INTO target_shares(month, person_id, share) VALUES (?, ?, ?)", (month, who, share))


@decided
def set_share(store: Store, month: str, person: Person, share: float | None) -> None:
    """Set a person's share of a month (1 is a full one); None is the usual one again. Raises Refused."""
    _right_share(share)
    words = N_("Share {month} {name}: {share}")
    with store.write(words, month=month, name=_both(person), share=_share_words(share)) as db:
        _put_share(db, (month, person.id), share)


@decided
def set_part(store: Store, month: str, person: Person, share: float | None, said: Mapping[str, int | None]) -> None:
    """A person's share of a month together with what the person predicts for today, as one action. Raises Refused."""
    _right_share(share)
    day = store.today()
    change = _changed(queries.forecasts(store, day), person, said)
    words = N_("{name}: share {share}, predicted {what}")
    with store.write(words, name=_both(person), share=_share_words(share), what=_told(change) if change else "-") as db:
        _put_share(db, (month, person.id), share)
        for measure, amount in change.items():
            _predict(db, store, (day.isoformat(), person.id, measure), amount)


def _right_share(share: float | None) -> None:
    if share is not None and not 0 <= share <= 10:
        raise Refused("E373", _("A share is 0 to 1000 percent; 100 is a full one"))


def _share_words(share: float | None) -> str:
    return "-" if share is None else f"{as_set(share)}%"


def _put_share(db: Any, key: tuple[str, int], share: float | None) -> None:
    if share is None:
        db.execute("DELETE FROM target_shares WHERE month = ? AND person_id = ?", key)
        return
    done = db.execute("UPDATE target_shares SET share = ? WHERE month = ? AND person_id = ?", (share, *key))
    if not done.rowcount:
        db.execute("INSERT INTO target_shares(share, month, person_id) VALUES (?, ?, ?)", (share, *key))


@decided
def set_weight(store: Store, day: date, weight: float | None) -> None:
    """Set what a day counts; None is the weight of its kind again. Raises Refused."""
    if weight is not None and not 0 <= weight <= 99:
        raise Refused("E374", _("A day's weight is 0 (nothing is asked of it) to 99; a workday is 1"))
    shown = "-" if weight is None else f"{weight:g}"
    with store.write(N_("Weight of {day}: {weight}"), day=day.isoformat(), weight=shown) as db:
        if weight is None:
            db.execute("DELETE FROM target_weights WHERE day = ?", (day.isoformat(),))
        elif not db.execute("UPDATE target_weights SET weight = ? WHERE day = ?", (weight, day.isoformat())).rowcount:
            db.execute("INSERT INTO target_weights(weight, day) VALUES (?, ?)", (weight, day.isoformat()))


@decided
def predict(store: Store, day: date, person: Person, wanted: Mapping[str, int | None]) -> None:
    """What a person predicts for a day, by measure (orders, deliveries); None takes it back. Raises Refused."""
    change = _changed(queries.forecasts(store, day), person, wanted)
    if not change:
        return
    with store.write(N_("Predicted by {name}: {what}"), name=_both(person), what=_told(change)) as db:
        for measure, amount in change.items():
            _predict(db, store, (day.isoformat(), person.id, measure), amount)


def _changed(
    now: Mapping[tuple[int, str], int], person: Person, wanted: Mapping[str, int | None]
) -> dict[str, int | None]:
    """What of the predictions differs from what stands there. Raises Refused for what is not predicted."""
    for measure, amount in wanted.items():
        if measure not in FORECAST:
            raise Refused("E375", _("Only orders and deliveries are predicted"))
        _amount(amount)
    return {name: amount for name, amount in wanted.items() if now.get((person.id, name)) != amount}


def _predict(db: Any, store: Store, key: tuple[str, int, str], amount: int | None) -> None:
    if amount is None:
        db.execute("DELETE FROM forecasts WHERE day = ? AND person_id = ? AND measure = ?", key)
        return
    stamp = (store.clock.stamp(), store.by)
    sql = "UPDATE forecasts SET amount = ?, at = ?, by = ? WHERE day = ? AND person_id = ? AND measure = ?"
    if not db.execute(sql, (amount, *stamp, *key)).rowcount:
        sql = "INSERT INTO forecasts(amount, at, by, day, person_id, measure) VALUES (?, ?, ?, ?, ?, ?)"
        db.execute(sql, (amount, *stamp, *key))


@decided
def give_cause(
    store: Store, measures: Sequence[str], cause: str, action: str = "", owner: str = "", due: date | None = None
) -> int:
    """Why these measures are behind and what is done about it, as one action: an action is a task with owner and due.

    Returns the task's id, 0 without one. Raises Refused without a cause, or with an action without owner and due.
    """
    cause, action, owner = free(cause, CAUSE_LIMIT), free(action, ACTION_LIMIT), free(owner, OWNER_LIMIT)
    if not measures or not cause:
        raise Refused("E376", _("Say why: a digit picks a cause, 7 types one"))
    if action and not (owner and due):
        raise Refused("E377", _("An action needs an owner and a day; without them nobody does it"))
    day, task = store.today().isoformat(), 0
    with store.write(N_("Behind: {what}, cause: {cause}"), what=_names(measures), cause=rules.cause_both(cause)) as db:
        for measure in measures:
            _measure(measure)
            db.execute(
                "INSERT INTO target_causes(day, measure, cause, action, at, by) VALUES (?, ?, ?, ?, ?, ?)",
                (day, measure, cause, action, store.clock.stamp(), store.by),
            )
        if action and due:
            sql = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, ?, ?)"
            task = int(db.execute(sql, (action, owner, due.isoformat(), day)).lastrowid or 0)
    return task


def _names(measures: Sequence[str]) -> dict[str, str]:
    words = [both(MEASURE_WORDS.get(measure, measure)) for measure in measures]
    return {code: ", ".join(word[code] for word in words) for code in ("zh", "en")}


def _both(person: Person) -> dict[str, str]:
    return {"zh": person.name, "en": person.name_en or person.name}
