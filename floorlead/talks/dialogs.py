"""The form over the library: kind, title, our model, the rival, and what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.cars import queries as cars
from floorlead.finding import matches, search_words
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.talks import moves, queries
from floorlead.talks.records import KIND_WORDS, Talk
from floorlead.talks.records import Kind as What
from floorlead.text import clean, fold
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def model_in(store: Store, typed: str) -> int | None:
    """The id of the one model that typed letters mean, None for nothing typed. Raises Refused."""
    text = fold(typed).strip().lower()
    if not text:
        return None
    models = cars.models(store)
    found = [one for one in models if text in (one.code.lower(), one.name.lower(), one.name_en.lower())]
    found = found or [one for one in models if matches(text, search_words(one.name, one.name_en, one.code))]
    if len(found) != 1:
        raise Refused("E367", _("There is no model '{typed}'").format(typed=clean(typed, 20)))
    return found[0].id


class TalkForm(Form):
    """A page of the library, new or with an id the one that is there."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)
            args["at"] = 1

    def _now(self) -> dict[str, str]:
        store = self.page.store
        one = self._talk() or moves.blank(store, What(self.args.get("kind", "talk")))
        model = next((m.code for m in cars.models(store) if m.id == one.model_id), "")
        return {
            "kind": one.kind.value, "title": one.title, "model": model, "competitor": one.competitor, "body": one.body,
        }  # fmt: skip

    def _talk(self) -> Talk | None:
        return queries.of(self.page.store, int(self.args["id"])) if self.args.get("id") else None

    def alive(self) -> bool:
        return not self.args.get("id") or self._talk() is not None

    def heading(self) -> str:
        return (
            _("Change: {title}").format(title=self.values["title"]) if self.args.get("id") else _("New in the library")
        )

    def entries(self) -> Sequence[Entry]:
        kinds = [(kind.value, word) for kind, word in KIND_WORDS.items()]
        return (
            Entry("kind", N_("Kind"), choices=kinds), Entry("title", N_("Headline"), moves.TITLE_LIMIT),
            Entry("model", N_("Our model"), 40, hint=N_("code or name; empty = all")),
            Entry("competitor", N_("Rival"), moves.NAME_LIMIT, hint=N_("the rival car")),
            Entry("body", N_("What is said"), moves.BODY_LIMIT),
        )  # fmt: skip

    def standing(self) -> Mapping[str, str] | None:
        return self._now() if self._talk() else None

    def save(self) -> None:
        """Keep the page. Raises Refused."""
        store, before = self.page.store, self._talk()
        values = self.values
        talk = replace(
            before or moves.blank(store), kind=What(values["kind"]), title=values["title"], body=values["body"],
            model_id=model_in(store, values["model"]), competitor=values["competitor"],
        )  # fmt: skip
        made: list[int] = []
        if self.finish(lambda: made.append(moves.save(store, talk, before))) and made:
            self.page.go_to(str(made[0]))


DIALOGS: dict[str, type[Dialog]] = {"talk": TalkForm}
"""The form by name."""
