"""Which papers were printed, when and on what."""

from __future__ import annotations

from datetime import date

from floorlead.store import Store, decided
from floorlead.words import N_, both

NAMES = {
    "card": N_("Card"), "report": N_("Report"), "stocktake": N_("Stock-take"), "ageing": N_("Ageing list"),
    "advice": N_("Order advice"), "deliveries": N_("Delivery list"), "stock": N_("Stock list"),
    "rota": N_("Rota"), "week": N_("Week of the showroom"), "kpi": N_("Figures"), "appraisal": N_("Appraisal"),
    "log": N_("Log"), "targets": N_("Targets"), "morning": N_("Morning meeting"), "evening": N_("Evening meeting"),
    "register": N_("Register of visits"), "day": N_("Consultants' day sheet"), "grid": N_("Grade grid"),
    "card_of": N_("Customer card"),
}  # fmt: skip


def prints(store: Store, paper: str, day: date, revision: int) -> int:
    """How often this paper was printed or kept as PDF."""
    sql = "SELECT count(*) FROM prints WHERE paper = ? AND day = ? AND revision = ?"
    return int(store.one(sql, paper, day.isoformat(), revision))


@decided
def note_print(store: Store, paper: str, day: date, revision: int, printer: str, path: str) -> None:
    """Note that a paper was printed or kept as PDF; this is not undone."""
    words = N_("{paper} of {day} printed") if printer else N_("{paper} of {day} kept as PDF")
    with store.write(words, kind="note", paper=both(NAMES[paper]), day=day.isoformat()) as db:
        db.execute(
            "INSERT INTO prints(paper, day, revision, at, by, printer, path) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (paper, day.isoformat(), revision, store.clock.stamp(), store.by, printer, path),
        )
