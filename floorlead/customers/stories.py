"""A customer's story in lines: what happened, the visits, the orders; free text with its numbers masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock
from floorlead.customers import notes, queries, rules
from floorlead.customers.board import Names
from floorlead.customers.records import Customer, Event, Happened
from floorlead.orders import queries as orders
from floorlead.orders.records import ORDER_WORDS, Order, OrderState
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.visits import queries as visits
from floorlead.visits.records import CHANNEL_WORDS, KIND_WORDS, Visit
from floorlead.words import N_, _

HAPPENED = {
    Happened.MADE: N_("entered"), Happened.CONTACT: N_("followed up"), Happened.GRADE: N_("graded"),
    Happened.NEXT: N_("next day set"), Happened.ADVISOR: N_("handed over"), Happened.ASKED: N_("end applied for"),
    Happened.AGREED: N_("end agreed to"), Happened.REFUSED: N_("end refused"), Happened.WITHDRAWN: N_("application withdrawn"),
    Happened.CLOSED: N_("row closed"), Happened.OPEN: N_("opened again"), Happened.ORDER: N_("ordered"),
    Happened.CONSENT: N_("consent"), Happened.EDIT: N_("corrected"),
}  # fmt: skip
INNER = frozenset((Happened.CONTACT, Happened.ADVISOR))
"""Events whose reason is for the program, not for people."""


def events(store: Store, customer: Customer, known: Names) -> list[str]:
    """What happened, the newest first."""
    return [_event(one, known) for one in reversed(queries.events(store, customer.id))]


def _event(one: Event, known: Names) -> str:
    words = known.lists.words
    pairs = [pair for name in ("lost", "frozen", "unreachable", "consent", "refused") for pair in words.get(name, ())]
    reason = (
        "" if one.kind in INNER else _("never call again") if one.reason == "stop" else rules.spoken(one.reason, pairs)
    )
    told = [
        clock.short_day(one.day), one.at[11:16].replace("00:00", ""), _(HAPPENED[one.kind]), notes.change(one.grade_before, one.grade_after),
        reason, mask_in(rules.spoken(one.note, pairs)), known.person(one.person_id) if one.person_id else "",
        _("next {day}").format(day=clock.short_day(one.next_due)) if one.next_due else "",
    ]  # fmt: skip
    return "  ".join(filter(None, told))


def came(store: Store, customer: Customer, known: Names) -> list[str]:
    """The visits and calls, the newest first."""
    return [_visit(one, known) for one in reversed(visits.of_customer(store, customer.id))]


def _visit(one: Visit, known: Names) -> str:
    flags = [
        _("test drive") if one.test_drive else "", _("quote") if one.quote else "", _("finance") if one.finance else "",
        _("deal") if one.deal else "", _("not filled in") if one.incomplete and not one.explained else "",
    ]  # fmt: skip
    again = _("{times} times").format(times=one.times) if one.times > 1 else ""
    told = [
        clock.short_day(one.day), one.came_at[11:16], _(CHANNEL_WORDS[one.channel]), _(KIND_WORDS[one.kind]), again,
        known.model(one.model_id) if one.model_id else "", one.grade, *flags, mask_in(one.note),
    ]  # fmt: skip
    return "  ".join(filter(None, told))


def ordered(store: Store, customer: Customer, known: Names) -> list[str]:
    """The orders, the newest first."""
    return [_order(one, known) for one in orders.of_customer(store, customer.id)]


def _order(one: Order, known: Names) -> str:
    state = _(ORDER_WORDS[one.state])
    if one.state is not OrderState.OPEN:
        state += f" {clock.short_day(date.fromisoformat(one.closed_at[:10]))}"
    model = known.model(one.model_id)
    return "  ".join(filter(None, [clock.short_day(one.ordered_on), one.number, model, state]))


def facts(customer: Customer, known: Names) -> Sequence[tuple[str, str]]:
    """Everything that is known of a customer, as (label, text); the number masked."""
    source = known.lists.sources.get(customer.source)
    return (
        (_("Phone"), notes.phone(customer)), (_("Source"), source.shown if source else "-"),
        (_("Car"), f"{known.model(customer.model_id)} {colour(customer)}".strip()), (_("Advisor"), known.person(customer.advisor_id)),
        (_("First seen"), str(customer.first_on)), (_("Last contact"), str(customer.last_contact or "-")),
        (_("Next"), "-" if customer.closed_on else str(customer.next_due or "-")), (_("Closed"), str(customer.closed_on or "-")),
        (_("Progress"), known.progress(customer) or "-"), (_("Competitor"), customer.competitor or "-"),
        (_("Consent"), consent(customer, known)), (_("Dealer no."), customer.number or "-"),
    )  # fmt: skip


def colour(customer: Customer) -> str:
    """The colour of interest in the language spoken now."""
    from floorlead.cars.lists import colour_now

    return colour_now(customer.colour)


def consent(customer: Customer, known: Names) -> str:
    """Whether the customer may be called, and how that was agreed."""
    if customer.no_contact:
        return _("never call again")
    if not customer.consent_at:
        return "-"
    how = rules.spoken(customer.consent_how, known.lists.words.get("consent", ()))
    return f"{how} {customer.consent_at[:10]}"
