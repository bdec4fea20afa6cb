"""Registering a batch by keys that need no looking: model, grade, test drive, phone, name; everything else behind Tab.

What is typed lives in `args["values"]` and survives a kill; only Enter on the phone or the name, or ^S, saves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from floorlead.customers import board, moves, notes, queries, walkinrows
from floorlead.customers.records import Customer
from floorlead.phones import digits, is_mobile, masked
from floorlead.queue.records import Turn
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import fold, wrap
from floorlead.visits import moves as visit_moves
from floorlead.visits import notes as visit_notes
from floorlead.visits import queries as visits
from floorlead.visits import rules as visit_rules
from floorlead.visits.records import KIND_WORDS, Channel, Visit
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.keys import Bind, bind, label_of
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page, TextField
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

FAST = ("model", "grade", "drive", "phone", "name")
ADVISOR = bind("backtab", "S-Tab", N_("other"), effect="text", help=N_("the next one in line takes the visit"))
CALL = bind("-", "-", N_("call"), effect="text", help=N_("a call, not a visit; again takes it back"))
LATER = bind("9", "9", N_("later"), changes=True, help=N_("save now, the advisor fills in the rest later"))
MORE = bind("tab", "Tab", N_("all"), help=N_("time, heads, source, purpose, rival, quote, kind, note"))
NEXT = bind("enter", "Enter", N_("next"), effect="cursor")
SAVES = bind("enter", "Enter", N_("save"), changes=True)
SAVE = bind("ctrl+s", "^S", N_("save"), changes=True)
BACK = bind("escape", "Esc", N_("back"))


class WalkIn(Form):
    """A batch or a call that comes in just now."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.names = board.names(self.store)
        self._turns: tuple[tuple[int, str], list[Turn]] | None = None
        if not self.values:
            self.values.update(walkinrows.shown(self._visit()))
            args["was"] = dict(self.values)

    def _visit(self) -> Visit:
        """What the dialog begins with."""
        return visit_moves.blank(self.store)

    # -- who comes, and who takes them

    def known(self) -> Customer | None:
        """Whose number was typed."""
        return queries.by_phone(self.store, self.values.get("phone", ""))

    def channel(self) -> Channel:
        """Whether they came or called."""
        return Channel(self.values.get("channel", Channel.WALK_IN.value))

    def turns(self) -> list[Turn]:
        """Those on duty as they stand now, the next one first; asked for once a minute and after every write."""
        mark = (self.store.writes, self.store.clock.stamp()[:16])
        if self._turns is None or self._turns[0] != mark:
            self._turns = (mark, visit_notes.line(self.store, self.store.today()))
        return self._turns[1]

    def line(self) -> list[int]:
        """Who may take it, the next one first, those who are not on duty last."""
        turns = [one.person for one in self.turns()]
        return turns or visit_notes.others(self.store, self.store.today())

    def advisor(self) -> int | None:
        """Who takes it: as was chosen, who has it since this morning, their own advisor where he is here, else the next one."""
        chosen = self.values.get("advisor", "")
        return int(chosen) if chosen else self._own() or next(iter(self.line()), None)

    def _own(self) -> int | None:
        """The advisor of a known customer: of today's batch, else the book's where on duty."""
        known = self.known() if digits(self.values.get("phone", "")) else None
        if known is None:
            return None
        batch = visits.same_batch(self.store, known.id, self.store.today(), self.channel())
        if batch and batch.advisor_id:
            return batch.advisor_id
        return known.advisor_id if known.advisor_id in [one.person for one in self.turns()] else None

    def _next_advisor(self) -> None:
        line, now = self.line(), self.advisor()
        if line:
            everyone = [*line, *(one for one in visit_notes.others(self.store, self.store.today()) if one not in line)]
            at = everyone.index(now) + 1 if now in everyone else 0
            self.values["advisor"] = str(everyone[at % len(everyone)])

    # -- the form

    def heading(self) -> str:
        time = self.values.get("came", "")
        return (_("New call {time}") if self.channel() is Channel.CALL else _("New walk-in {time}")).format(time=time)

    def entries(self) -> Sequence[Entry]:
        return walkinrows.entries(self.names, int(self.values.get("page", "0") or 0))

    @property
    def here(self) -> str:
        """The entry under the cursor."""
        return self.entries()[self.at].name

    def at_entry(self, name: str) -> None:
        """Go to an entry."""
        self.args["at"] = next((n for n, entry in enumerate(self.entries()) if entry.name == name), self.at)

    def lines(self, cells: int) -> list[Line]:
        fast = [n for n, entry in enumerate(self.entries()) if entry.name in FAST]
        lines = [self._taken_by(), *(self._line(n, self.entries()[n], cells) for n in fast), self._known_line()]
        if self.at in fast:
            lines.append(walkinrows.summary(self.values, self.names))
        else:
            lines += [self._line(n, entry, cells) for n, entry in enumerate(self.entries()) if n not in fast]
        if self.error:
            lines += [Line().put(f" {part}", "error") for part in wrap(f"!! {self.error}", cells - 2)]
        return [line.cropped(cells) for line in lines]

    def label_cells(self) -> int:
        return max(Line().put(_(entry.word)).cells for entry in self.entries()) + 1

    def _line(self, number: int, entry: Entry, cells: int) -> Line:
        if entry.choices:
            line = Line().put("> " if number == self.at else "  ", "cursor", f"field:{number}")
            style = "cursor" if number == self.at else ""
            line.col(_(entry.word), self.label_cells(), "left", style, f"field:{number}")
            return walkinrows.choices(line, entry, self.values.get(entry.name, ""), cells)
        if entry.name == "phone" and number != self.at and (phone := digits(self.values.get("phone", ""))):
            return Line().put("  ").col(_(entry.word), self.label_cells(), do=f"field:{number}").put(masked(phone))
        return super()._line(number, entry, cells)

    def _taken_by(self) -> Line:
        line, who = self.turns(), self.advisor()
        label = Line().put("  ").col(_("Advisor"), self.label_cells()).put(self.names.person(who), "bold", "advisor:")
        waiting = [one.person for one in line if one.waiting]
        after = next((one for one in waiting if one != who), None)
        if self.values.get("advisor"):
            told = _("chosen")
        elif who is not None and who == self._own():
            told = _("their own advisor")
        elif who in waiting:
            told = _("next up; then {name}").format(name=self.names.person(after)) if after else _("next up")
        else:
            told = _("nobody is in line")
        return label.put(f" ({told})").put("   " + _("Shift+Tab another"), "dim", "advisor:")

    def _known_line(self) -> Line:
        """Who it is, as soon as the number is known; the kind that the visit will have."""
        phone = digits(self.values.get("phone", ""))
        known = self.known() if phone else None
        if known is None:
            return Line()
        today = self.store.today()
        before = visits.came_before(self.store, known.id, today)
        batch = visits.same_batch(self.store, known.id, today, self.channel())
        kind = _("here today already") if batch else _(KIND_WORDS[visit_rules.kind_of(None, True, before)])
        told = [
            notes.name_of(known),
            known.grade,
            self.names.model(known.model_id),
            self.names.person(known.advisor_id),
        ]
        return Line().put("  " + _("known:") + " ").put("  ".join(told), "bold").put(f"   {kind}")

    def field(self) -> TextField | None:
        entry = self.entries()[self.at]
        if entry.choices:
            return None
        x, value = 3 + 2 + self.label_cells(), self.values.get(entry.name, "")
        names = [one.name for one in self.entries()]
        y = self.origin + 1 + (self.at if entry.name in FAST else self.at + 1)
        prefilled = value == self.args.get("was", {}).get(entry.name) or self.values.get("filled") == entry.name
        return TextField(f"{names[self.at]}", x, y, 76 - x, value, entry.limit, prefilled and bool(value))

    def typed(self, value: str) -> None:
        self.values.pop("filled", None)
        super().typed(value)
        if self.here == "phone" and is_mobile(digits(value)):
            self._number_told()

    def _number_told(self) -> None:
        """Eleven digits: on to the name, which is there already where the number is known."""
        self.values["phone"] = digits(self.values["phone"])
        known = self.known()
        if known and known.name and not self.values.get("name"):
            self.values["name"], self.values["filled"] = known.name, "name"
        self.at_entry("name")

    # -- keys

    def binds(self) -> Sequence[Bind]:
        quick = (CALL, LATER) if self.here in FAST[:3] else ()
        enter = SAVES if self.here in ("phone", "name", self.entries()[-1].name) else NEXT
        numbers = [str(n) for n, (_code, word) in enumerate(self.entries()[self.at].choices, 1) if word]
        picks = (bind(numbers, label_of(numbers), N_("choose"), effect="text same"),) if numbers else ()
        other = (
            (ADVISOR,)
            if len(self.line()) > 1 or (self.line() and visit_notes.others(self.store, self.store.today()))
            else ()
        )
        return (enter, *picks, *quick, *other, MORE, SAVE, BACK)

    def press(self, key: str) -> bool:
        key = fold(key) if len(key) == 1 else key
        self.error = "" if key != "escape" else self.error
        if key == "backtab":
            self._next_advisor()
        elif key == "tab":
            self._tab()
        elif key == "enter" and self.here in ("phone", "name"):
            self._enter_phone() if self.here == "phone" else self._try_save()
        elif key == "-" and self.here in FAST[:3]:
            self._toggle_call()
        elif key == "9" and self.here in FAST[:3]:
            self.values["later"] = "1"
            self._try_save()
        elif key in ("insert", "+") or (key == "backspace" and self.here in FAST[1:3]):
            self.args["at"] = max(0, self.at - (key == "backspace"))
        else:
            return super().press(key)
        return True

    def _tab(self) -> None:
        """From the fast part to the rest, and back to the phone."""
        names = [entry.name for entry in self.entries()]
        if self.here in FAST:
            self.args["at"] = next((n for n, name in enumerate(names) if name not in FAST), 0)
        else:
            self.args["at"] = (self.at + 1) % len(names)

    def _toggle_call(self) -> None:
        call = self.channel() is Channel.WALK_IN
        self.values["channel"] = (Channel.CALL if call else Channel.WALK_IN).value
        if self.values.get("source") in ("", Channel.CALL.value, Channel.WALK_IN.value):
            self.values["source"] = self.values["channel"]

    def _enter_phone(self) -> None:
        """An empty phone ends the visit uncaptured; a number that is right goes on to the name; a wrong one stays."""
        phone = self.values.get("phone", "")
        if not phone.strip():
            self._try_save()
            return
        try:
            moves.checked_phone(phone)
        except Refused as refused:
            self.error = refused.sentence
            return
        self._number_told()

    def _pick(self, entry: Entry, key: str) -> bool:
        page = int(self.values.get("page", "0") or 0)
        if entry.name == "model" and key == "8" and walkinrows.has_more(self.names, page):
            self.values["page"] = str(page + 1)
            return True
        if key == "0" and entry.choices:  # not told
            self.values[entry.name] = ""
            self.args["at"] = min(self.at + 1, len(self.entries()) - 1)
            return True
        if key.isdigit() and 0 < int(key) <= len(entry.choices) and not entry.choices[int(key) - 1][1]:
            return True  # a digit without a model
        return super()._pick(entry, key)

    def click(self, do: str) -> None:
        if do == "advisor:":
            self._next_advisor()
        else:
            super().click(do)

    # -- saving

    def save(self) -> None:
        visit = walkinrows.made(self._visit(), self.values, self.store)
        visit = replace(visit, advisor_id=self.advisor())
        made: list[int] = []
        self._save(
            lambda: made.append(visit_moves.register(self.store, visit, self._name(), self.values.get("phone", ""))),
            made,
        )

    def _name(self) -> str:
        return self.values.get("name", "")

    def _save(self, act: Any, made: list[int]) -> None:
        done = self.finish(act)
        if done and made:
            self.page.go_to(f"today:{made[0]}")
            if self.args.get("back"):
                self.desk.go(str(self.args["back"]))


DIALOGS: dict[str, type[Dialog]] = {"walkin": WalkIn}
