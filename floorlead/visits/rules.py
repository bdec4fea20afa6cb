"""What a batch counts as, and how batches are counted: heads are never counted, calls stand by themselves.

Of every list of visits: first + carded first + repeat + without intent = walk-ins, captured + looked = first.
"""

from __future__ import annotations

from collections.abc import Iterable

from floorlead.record import record, replace
from floorlead.visits.records import Channel, Kind, Visit


@record
class Counts:
    """Counts of batches. `batches` are walk-ins and calls; of the others all but `calls` and `incomplete` are walk-ins.

    `captured`: first visits with a number, `looked`: without one; `incomplete`: of either, neither filled in nor
    explained.
    """

    batches: int = 0
    walk_ins: int = 0
    calls: int = 0
    first: int = 0
    carded_first: int = 0
    repeat: int = 0
    non_intent: int = 0
    captured: int = 0
    looked: int = 0
    incomplete: int = 0
    drives: int = 0
    quotes: int = 0
    deals: int = 0

    @property
    def intent(self) -> int:
        """Walk-ins with an intent to buy that are known by name: what test drives are measured against."""
        return self.captured + self.carded_first + self.repeat


def counts(visits: Iterable[Visit]) -> Counts:
    """The counts of some visits."""
    found = list(visits)
    came = [one for one in found if one.channel is Channel.WALK_IN]
    kinds = {kind: sum(one.kind is kind for one in came) for kind in Kind}
    captured = sum(one.kind is Kind.FIRST and one.captured for one in came)
    return Counts(
        batches=len(found), walk_ins=len(came), calls=len(found) - len(came), first=kinds[Kind.FIRST],
        carded_first=kinds[Kind.CARDED_FIRST], repeat=kinds[Kind.REPEAT], non_intent=kinds[Kind.NON_INTENT],
        captured=captured, looked=kinds[Kind.FIRST] - captured, incomplete=sum(map(is_chased, found)),
        drives=sum(one.test_drive for one in came), quotes=sum(one.quote for one in came),
        deals=sum(one.deal for one in came),
    )  # fmt: skip


def by_advisor(visits: Iterable[Visit]) -> dict[int | None, Counts]:
    """The counts of each advisor, in the order of their first visit; None is nobody's."""
    groups: dict[int | None, list[Visit]] = {}
    for one in visits:
        groups.setdefault(one.advisor_id, []).append(one)
    return {who: counts(found) for who, found in groups.items()}


def is_chased(visit: Visit) -> bool:
    """Whether the advisor still owes the details and nobody said why."""
    return visit.incomplete and not visit.explained


def kind_of(said: Kind | None, known: bool, came_before: bool) -> Kind:
    """What a visit counts as: as it was said, else by what is known of the customer.

    Somebody whose card was made before without ever being here (a call, an import) is a carded first visit.
    """
    if said is Kind.NON_INTENT or not known:
        return said or Kind.FIRST
    if said in (Kind.REPEAT, Kind.CARDED_FIRST):
        return said
    return Kind.REPEAT if came_before else Kind.CARDED_FIRST


def says_nothing(visit: Visit) -> bool:
    """Whether nothing but the coming itself was told: then the advisor owes the rest."""
    told = visit.model_id or visit.grade or visit.captured or visit.purpose or visit.note or visit.test_drive
    return not told and visit.kind is Kind.FIRST


def again(before: Visit, now: Visit) -> Visit:
    """The same customer came again on the same day: one batch, `times` counts, what was told last holds.

    Who fetched papers in the morning and looks at cars in the afternoon came with an intent.
    """
    kind = now.kind if before.kind is Kind.NON_INTENT else before.kind
    return replace(
        before, kind=kind, times=before.times + 1, left_at=now.left_at, party=max(before.party, now.party),
        model_id=now.model_id or before.model_id, colour=now.colour or before.colour, grade=now.grade or before.grade,
        test_drive=before.test_drive or now.test_drive, quote=before.quote or now.quote,
        finance=before.finance or now.finance, deal=before.deal or now.deal, captured=before.captured or now.captured,
        competitor=now.competitor or before.competitor, purpose=before.purpose or now.purpose,
        note=now.note or before.note, incomplete=before.incomplete and now.incomplete,
    )  # fmt: skip
