"""What a policy of the maker's that names a model asks for on the floor: the price boards of that model, looked at again.

Each keeper gets a task with the spots, in the same action as the notice; it stays until it is ticked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.cars import queries as cars
from floorlead.furniture import queries as furniture
from floorlead.furniture.records import Furniture, Kind
from floorlead.log.records import Entry
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.text import cut, width
from floorlead.words import _

SPOTS = (Kind.DISPLAY_CAR, Kind.TEST_DRIVE_CAR)
TASK_CELLS = 120


def spots(store: Store, model: int | None) -> list[Furniture]:
    """The spots whose price board a model's policy touches, in walking order: the model stands there, or a spot that
    goes by its own name has the model's in it. None for no model."""
    named = next((one for one in cars.models(store) if one.id == model), None)
    if named is None:
        return []
    there, used = cars.on_spots(store), cars.spots_used(store)
    return [
        piece for piece in furniture.standing(store)
        if piece.kind in SPOTS
        and (there[piece.id].model_id == model if piece.id in there else piece.id not in used and named.name in piece.label)
    ]  # fmt: skip


def shown(found: Sequence[Furniture]) -> str:
    """The spots by their places: `D01 D04`."""
    return " ".join(piece.spot or piece.shown for piece in found)


def tasks(store: Store, entry: Entry, found: Sequence[Furniture]) -> list[tuple[str, str, date]]:
    """A task for each keeper as (words, owner, due): due when the policy counts, today at the earliest; a board that
    nobody of the staff keeps is the leader's."""
    today = store.today()
    due = max(entry.effective_on or today, today)
    staff = {one.id: one.name for one in people_queries.staff(store, today)}
    model = next((one.shown for one in cars.models(store) if one.id == entry.model_id), "")
    mine: dict[str, list[Furniture]] = {}
    for piece in found:
        mine.setdefault(staff.get(piece.keeper_id or 0) or people_queries.leader(store), []).append(piece)
    words = _("Price boards again: {model} {spots}")
    return [(_short(words.format(model=model, spots=shown(pieces))), owner, due) for owner, pieces in mine.items()]


def _short(text: str) -> str:
    return text if width(text) <= TASK_CELLS else cut(text, TASK_CELLS).rstrip()
