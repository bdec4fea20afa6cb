"""The engine's sentences, in the language spoken now: the ledger's terms, violations, facts of a conflict."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floorlead.clock import weekday_short
from floorlead.planning.problem import Id, Need, Person, Wish
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.planning.frame import Frame

MEASURE_WORDS = {
    "weekend": N_("days at weekends"), "late": N_("late shifts"), "desk": N_("desk duties"),
    "substitute": N_("substitutions"), "evening_desk": N_("last desk duties"),
}  # fmt: skip


def hm(minute: int) -> str:
    """A minute of the day as 16:30."""
    return f"{minute // 60:02}:{minute % 60:02}"


def name(one: Person) -> str:
    """A person's name, the id where none was told."""
    return one.name or str(one.id)


def on(day: date) -> str:
    """A day as `Sun 11-29`."""
    return f"{weekday_short(day)} {day.strftime('%m-%d')}"


def names(frame: Frame, who: tuple[Id, ...]) -> str:
    """Several people."""
    return ", ".join(name(frame.people[frame.person[one]]) for one in who)


def hours(minutes: float) -> str:
    """Minutes as hours: 2, 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def demand(need: Need, missing: int) -> str:
    """Heads missing on the floor."""
    return _("{day} {start}-{end}: {missing} of {heads} missing on the floor").format(
        day=on(need.date), start=hm(need.start), end=hm(need.end), missing=missing, heads=need.heads
    )


def outing(need: Need, missing: int) -> str:
    """Heads missing on an outing."""
    return _("{day} {start}-{end}: {missing} of {heads} missing for the outing").format(
        day=on(need.date), start=hm(need.start), end=hm(need.end), missing=missing, heads=need.heads
    )


def no_training(group: Id | None, day: date) -> str:
    """A training that nobody gets."""
    if group is None:
        return _("{day}: no group is free for the training").format(day=on(day))
    return _("{day}: nobody of group {group} works on the day of its training").format(day=on(day), group=group)


def absent(frame: Frame, who: tuple[Id, ...], day: date) -> str:
    """Members of the trained group who do not work."""
    return _("{day}: {names} rest on the day of their group's training").format(day=on(day), names=names(frame, who))


def turns(spread: int) -> str:
    """How far the groups' trainings lie apart."""
    return _("Trainings between the groups with most and fewest: {count}").format(count=spread)


def overtime(one: Person, minutes: int, day: date) -> str:
    """Overtime in a week."""
    return _("{name}: {hours} h overtime in the week of {day}").format(
        name=name(one), hours=hours(minutes), day=on(day)
    )


def undertime(one: Person, minutes: int, day: date) -> str:
    """Hours below the week's."""
    return _("{name}: {hours} h below the week's hours, week of {day}").format(
        name=name(one), hours=hours(minutes), day=on(day)
    )


def long_day(one: Person, minutes: int, day: date) -> str:
    """A shift longer than an ordinary day."""
    return _("{name}: {hours} h above an ordinary day on {day}").format(
        name=name(one), hours=hours(minutes), day=on(day)
    )


def late_early(one: Person, day: date) -> str:
    """Late, then early."""
    return _("{name}: early on {day} after a late shift").format(name=name(one), day=on(day))


def wish(frame: Frame, one: Person, wish: Wish) -> str:
    """A wish that is not met."""
    if wish.weight < 0:
        return _("{name} wished not to have {shift} on {day}").format(
            name=name(one), shift=called(frame, wish.shift), day=on(wish.date)
        )
    return _("{name} wished for {shift} on {day}").format(
        name=name(one), shift=called(frame, wish.shift), day=on(wish.date)
    )


def called(frame: Frame, shift: str) -> str:
    """A shift's name, its code where none was told, rest in words."""
    return _("rest") if shift == "-" else frame.shift_names.get(shift, shift)


def spread(measure: str, low: int, high: int) -> str:
    """A fairness range."""
    return _("{what}: between {low} and {high} a person").format(what=_(MEASURE_WORDS[measure]), low=low, high=high)


BROKEN = {
    "closed": N_("{name} works on {day}, when the showroom is closed"),
    "employment": N_("{name} is not employed on {day}"),
    "leave": N_("{name} is on leave on {day}"),
    "lock": N_("{name} is locked to {shift} on {day}"),
    "forbid": N_("{name} may not have {shift} on {day}"),
    "max_run": N_("{name} works {count} days in a row on {day}; {most} are allowed"),
    "week_rest": N_("{name} rests {count} days in the week of {day}; {most} are needed"),
    "overtime": N_("{name} has {hours} h overtime in {day}; {most} h are allowed"),
    "no_holder": N_("{day} {slot}: nobody holds the desk"),
    "no_substitute": N_("{day} {slot}: no substitute is named"),
    "same_person": N_("{day} {slot}: {name} cannot be the own substitute"),
    "not_desk": N_("{day} {slot}: {name} does no desk duty"),
    "half_leave": N_("{day} {slot}: {name} is on leave for half the day"),
    "rests": N_("{day} {slot}: {name} rests on that day"),
    "not_covered": N_("{day} {slot}: the shift of {name} does not cover it"),
    "in_training": N_("{day} {slot}: the group of {name} is in training"),
    "held_a_day": N_("{day} {slot}: {name} holds the desk {count} times; {most} is the most"),
    "substitutions_a_day": N_("{day} {slot}: {name} is substitute {count} times; {most} is the most"),
    "two_at_once": N_("{day} {slot}: {name} is wanted twice at the same time"),
    "outing_away": N_("{name} cannot go on the outing on {day}"),
    "outing_desk": N_("{day} {slot}: {name} is on an outing"),
}
"""What each code of a violation says."""


def broken(code: str, **parts: object) -> str:
    """A violation's sentence."""
    return _(BROKEN[code]).format(**parts)
