"""The named counts that definitions are made of: what each counts and which reading finds it.

Batches are counted, never heads. A name that stands in no group is unknown, and a definition that uses it is refused.
"""

from __future__ import annotations

from floorlead.words import N_, _

VISITS, CUSTOMERS, STARTS, ORDERS, ENDS, SALES, ENDINGS, TARGETS, CHECKS, LOG, ATTENDANCE = (
    "visits", "customers", "starts", "orders", "ends", "sales", "endings", "targets", "checks", "log", "attendance",
)  # fmt: skip
NAMES: dict[str, tuple[str, str]] = {
    # walk-ins of the month; what is without intent (papers, pick-up) counts only as non_intent and among the batches
    "first_recorded": (VISITS, N_("first visits recorded")),
    "first_looked": (VISITS, N_("first visits not recorded")),
    "carded_first": (VISITS, N_("first visits of those carded before")),
    "repeat": (VISITS, N_("repeat visits")),
    "visits": (VISITS, N_("visits with intent")),
    "non_intent": (VISITS, N_("visits without intent")),
    "batches": (VISITS, N_("all batches")),
    "same_day_complete": (VISITS, N_("batches filled in the same day")),
    "drives": (VISITS, N_("test drives")),
    "natural_first": (VISITS, N_("natural first visits")),
    "natural_recorded": (VISITS, N_("natural first visits recorded")),
    "natural": (VISITS, N_("natural arrivals")),
    "invited": (VISITS, N_("invited arrivals")),
    "calls": (VISITS, N_("calls")),
    "calls_recorded": (VISITS, N_("calls recorded")),
    # customers registered in the month, and those of them who came again on a later day of it
    "cards_made": (CUSTOMERS, N_("cards made")),
    "returned": (CUSTOMERS, N_("came again on another day")),
    # frozen once at the start of the month
    "open_at_start": (STARTS, N_("open at month start")),
    "undelivered_at_start": (STARTS, N_("undelivered at month start")),
    # orders but those called off on their own day
    "orders": (ORDERS, N_("new orders")),
    "cancels": (ORDERS, N_("orders cancelled")),
    "undelivered_at_end": (ENDS, N_("undelivered at month end")),
    # hand-overs, and past sales that no order stands for
    "deliveries": (SALES, N_("deliveries")),
    "financed": (SALES, N_("deliveries financed")),
    "insured": (SALES, N_("deliveries insured")),
    "accessories": (SALES, N_("deliveries with accessories")),
    "accessory_amount": (SALES, N_("accessories in yuan")),
    "accessory_known": (SALES, N_("deliveries with an amount")),
    "trade_ins": (SALES, N_("deliveries with a trade-in")),
    # applications to end a customer as lost
    "lost": (ENDINGS, N_("lost, agreed")),
    "lost_asked": (ENDINGS, N_("lost, applied for")),
    "lost_clear": (ENDINGS, N_("lost with a clear reason")),
    "lost_refused": (ENDINGS, N_("lost, refused")),
    "lost_decided": (ENDINGS, N_("lost, decided")),
    "next_month_target": (TARGETS, N_("next month's delivery target")),
    "checked": (CHECKS, N_("items checked")),
    "failed": (CHECKS, N_("items failed")),
    "checked_5s": (CHECKS, N_("items checked, environment")),
    "failed_5s": (CHECKS, N_("items failed, environment")),
    "complaints": (LOG, N_("complaints")),
    "attendance_points": (ATTENDANCE, N_("attendance points")),
    "attendance_full": (ATTENDANCE, N_("full attendance points")),
    "absent_days": (ATTENDANCE, N_("days absent")),
}
"""{name: (the reading that finds it, what it is in words)}."""


def shown(name: str) -> str:
    """What a count is, in the language spoken now."""
    return _(NAMES[name][1])


def groups(names: object) -> set[str]:
    """The readings that names need."""
    assert isinstance(names, list | tuple | set | frozenset)
    return {NAMES[name][0] for name in names}
