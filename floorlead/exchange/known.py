"""What a file's words for models, people and spots stand for in this showroom; a new model or spot gets a key for now.

A key is a text where the thing is still to be made, and an id where it is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from floorlead.cars.lists import colour_en
from floorlead.exchange import queries
from floorlead.store import Store
from floorlead.tables.cells import Wrong, key
from floorlead.words import _


class Models:
    """The models that are there and those that the file brings, in the order of their first appearance."""

    def __init__(self, store: Store) -> None:
        there = queries.models(store)
        self._codes: dict[str, int | str] = {code.casefold(): ident for ident, code, *_names in there}
        self._names: dict[str, int | str] = {name.casefold(): ident for ident, _code, name, _en in reversed(there)}
        self.shown = {ident: told for ident, *told in there}
        self.brought: dict[str, tuple[str, str]] = {}
        """Models to make, as {key: (code, name)}."""
        self._found: dict[tuple[str, str], int | str] = {}

    def key(self, code: str, name: str) -> int | str:
        """The model of a code or, where there is none, of a name, which then is its code. Raises Wrong."""
        found = self._found.get((code, name))
        return self._look(code, name) if found is None else found

    def _look(self, code: str, name: str) -> int | str:
        if not code and not name:
            raise Wrong(_("the model is missing"))
        asked = (code or name).casefold()
        found = self._codes.get(asked) if code else self._names.get(asked, self._codes.get(asked))
        if found is None:
            found = self._codes[asked] = asked
            self._names.setdefault((name or code).casefold(), asked)
            self.brought[asked] = (code or name, name or code)
        self._found[(code, name)] = found
        return found

    def told(self, model: int | str) -> tuple[str, str, str]:
        """A model's code, name and English name, by its id or its key."""
        code, name, english = self.shown[model] if isinstance(model, int) else (*self.brought[model], "")
        return code, name, english

    def used(self, values: Iterable[Any]) -> dict[str, tuple[str, str]]:
        """Of the models brought those that accepted lines use, as {key: (code, name)}."""
        if not self.brought:
            return {}
        wanted = set(values)
        return {asked: told for asked, told in self.brought.items() if asked in wanted}


class People:
    """The staff by number and by name."""

    def __init__(self, store: Store) -> None:
        there = queries.people(store)
        self._found = {name.casefold(): ident for ident, _number, name in there}
        self._found |= {number.casefold(): ident for ident, number, _name in there}
        self.numbers = {ident: number for ident, number, _name in there}
        self.unknown: dict[str, int] = {}
        """Words that name nobody, each with the first line it stood in."""

    def ident(self, word: str, line: int) -> int | None:
        """Whose number or name it is; one that nobody has is noted, never refused."""
        if not word:
            return None
        found = self._found.get(key(word))
        if found is None:
            self.unknown.setdefault(word, line)
        return found

    def number(self, word: str) -> str:
        """The number of whoever it is, else the word."""
        found = self._found.get(key(word))
        return word if found is None else self.numbers[found]

    def remarks(self, sentence: str) -> list[str]:
        """A remark for each word that named nobody (`{name}`, `{line}`)."""
        return [sentence.format(name=name, line=line) for name, line in self.unknown.items()]


class Spots:
    """The spots of cars that stand in the showroom, and those that the file brings."""

    def __init__(self, store: Store) -> None:
        self.there = {row[0]: row for row in queries.pieces(store)}
        rows = list(reversed(self.there.values()))
        self._named = {(kind, spot.casefold()): ident for ident, kind, spot, _label, _keeper in rows if spot}
        self.brought: dict[str, tuple[Any, ...]] = {}
        """Pieces to make, as {key: (kind, spot, label, label in English, keeper's id)}."""
        self.keepers: dict[int, int] = {}

    def key(self, kind: str, spot: str, vin: str) -> int | str:
        """The spot of a name, or of a test-drive car that has none."""
        return self._named.get((kind, spot.casefold())) or f"{kind}:{spot.casefold() or vin}"

    def name(self, spot: int | str | None) -> str:
        """A spot's name, for what is told."""
        if isinstance(spot, int):
            return self.there[spot][2] or self.there[spot][3] if spot in self.there else str(spot)
        return (spot or "").partition(":")[2].upper()

    def bring(
        self, key_: str, kind: str, spot: str, model: tuple[str, str, str], colour: str, keeper: int | None
    ) -> None:
        """A piece that stands with the car on it, called as the car is."""
        code, name, english = model
        words = f"{name}{colour}"[:40], f"{english or code} {colour_en(colour)}".strip()[:40]
        self.brought.setdefault(key_, (kind, spot, *words, keeper))
