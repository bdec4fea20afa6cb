"""How batches are counted, and what a visit counts as."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from floorlead.visits import rules
from floorlead.visits.records import Channel, Kind, Visit

DAY = date(2026, 11, 24)
FLAGS = st.booleans()


def visit(channel: Channel, kind: Kind, advisor: int | None, flags: tuple[bool, ...], party: int = 1) -> Visit:
    captured, drive, quote, deal, incomplete = flags
    return Visit(1, DAY, channel, f"{DAY}T10:00:00", "", kind, party, 1, advisor, None, None, "", "", captured, drive,
                 quote, False, deal, incomplete, "", "", "", "", "", "", "", "")  # fmt: skip


VISITS = st.lists(
    st.builds(
        visit, st.sampled_from(Channel), st.sampled_from(Kind), st.sampled_from([1, 2, None]), st.tuples(*[FLAGS] * 5),
        st.integers(1, 9),
    )
)  # fmt: skip


@given(VISITS)
def test_counts_add_up(found: list[Visit]) -> None:
    """Batches, never heads; calls by themselves; the kinds are all walk-ins, captured and looked all first ones."""
    n = rules.counts(found)

    assert n.batches == len(found) == n.walk_ins + n.calls
    assert n.first + n.carded_first + n.repeat + n.non_intent == n.walk_ins
    assert n.captured + n.looked == n.first
    assert max(n.drives, n.quotes, n.deals) <= n.walk_ins


@given(VISITS)
def test_by_advisor_adds_up(found: list[Visit]) -> None:
    parts = rules.by_advisor(found).values()
    whole = rules.counts(found)

    for name in rules.Counts.__annotations__:
        assert sum(getattr(one, name) for one in parts) == getattr(whole, name)


@given(st.sampled_from([None, *Kind]), FLAGS, FLAGS)
def test_nobody_unknown_comes_again(said: Kind | None, known: bool, before: bool) -> None:
    kind = rules.kind_of(said, known, before)

    assert kind is Kind.NON_INTENT if said is Kind.NON_INTENT else kind is not Kind.NON_INTENT
    if known and said not in (Kind.NON_INTENT, Kind.CARDED_FIRST, Kind.REPEAT):
        assert kind is (Kind.REPEAT if before else Kind.CARDED_FIRST)
