"""F2: one look and one digit. Lines 1 to 4 never move; below them stands what must not be forgotten today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead import clock
from floorlead.finding import matches
from floorlead.store import log
from floorlead.tasks import queries as task_queries
from floorlead.tasks.records import Task
from floorlead.text import as_many, fit, width
from floorlead.today import lines, queries
from floorlead.today.queries import Watched
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Hit, Page
from floorlead.words import N_, _, pick

FIXED = lines.FIXED
DIGITS = 9


class TodayPage(Page):
    """The resting screen."""

    name = "today"
    key = "f2"
    word = N_("Today")
    finds = "jr jinri today"

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.cursor = 0
        self.today: queries.Today | None = None

    @property
    def read(self) -> queries.Today:
        """The day as it was read last."""
        if self.today is None:
            self.enter()
        assert self.today
        return self.today

    def enter(self) -> None:
        self.today = queries.read(self.store)
        self.cursor = max(0, min(self.cursor, self._length() - 1))

    def _length(self) -> int:
        return FIXED + min(len(self.read.watched), DIGITS - FIXED)

    # -- drawing

    def title(self, cells: int) -> Line:
        told = [self._countdown(), _("here {here}/{staff}").format(here=self._here(), staff=self._staff())]
        todo = sum(1 for n in range(FIXED) if not lines.is_done(self.read, n))
        told += [
            _("{count} to do").format(count=todo),
            _("tasks {count}").format(count=len([w for w in self.read.watched if w.task])),
        ]
        if self.read.cars:
            told.append(_("hand-overs {out}/{due}").format(out=self.read.cars.out, due=self.read.cars.due))
            told.append(_("over-age {count}").format(count=self.read.cars.over))
        else:
            told.append(_("exceptions this month {count}").format(count=self.read.month[0]))
        return Line().put(" " + "   ".join(filter(None, told)), "title")

    def _countdown(self) -> str:
        """Minutes to the next due time that still has something open."""
        now = self.desk.now()
        for due in sorted({i.due for c in self.read.cards for one in c.words.lists for i in one.items if i.due}):
            minutes = int(due[:2]) * 60 + int(due[3:]) - now.hour * 60 - now.minute
            if 0 <= minutes <= 60:
                return _("{minutes} min to {due}").format(minutes=minutes, due=due.lstrip("0"))
        return ""

    def _staff(self) -> int:
        return sum(1 for one in self.read.people if one.person.on_cards)

    def _here(self) -> int:
        return sum(1 for one in self.read.people if one.person.on_cards and one.here)

    def body(self, cells: int, height: int) -> list[Line]:
        lines = [rule(_("Do now"), 79), *(self._fixed(n) for n in range(FIXED))]
        lines.append(rule(_("Watch today"), 79))
        watched = list(self.read.watched)[: DIGITS - FIXED]
        lines += [self._watched(n, one) for n, one in enumerate(watched, FIXED)] or [
            Line().put("   " + self._calm(), "dim")
        ]
        if len(self.read.watched) > len(watched):
            lines.append(
                Line().put(
                    "   " + _("and {count} more, F3 F5 F7 F8 F9").format(count=len(self.read.watched) - len(watched)),
                    "dim",
                )
            )
        lines += [rule(_("Numbers today"), 79), *self._numbers(), rule(_("Latest"), 79), *self._latest()]
        return lines[:height]

    def _calm(self) -> str:
        if not self.read.people:
            return _("Nobody entered yet.  ^K people: Ins adds one, or import a list")
        return _("Nothing stands against anybody. Ins enters who comes in")

    def _lead(self, number: int) -> Line:
        here = number == self.cursor
        return Line().put(">" if here else " ", "cursor").put(f"{number + 1} ", "key", f"key:{number + 1}")

    def _fixed(self, number: int) -> Line:
        done, text = lines.is_done(self.read, number), lines.told(self.read, number)
        line = self._lead(number)
        for part, size in zip(text, (13, 34, 17, 10), strict=True):
            line.col(
                part, size, style="done" if done else "bold" if part == text[0] else "", do=f"key:{number + 1}"
            ).put(" ")
        return line

    def _watched(self, number: int, one: Watched) -> Line:
        line = self._lead(number)
        do = f"key:{number + 1}"
        if one.task:
            return line.put(self._task_text(one.task), "", do)
        if one.notice:
            line.col(one.notice.word, 12, do=do).put(" ").col(one.notice.name, 28, style="bold", do=do).put(" ")
            return line.put(one.notice.text, "warn" if one.notice.urgent else "", do).cropped(79)
        assert one.card and one.row and one.item and one.mark
        name = one.item.shown if one.row.subject.startswith("day") else f"{one.row.shown} {one.item.shown}"
        line.col(_("exception"), 10, do=do).put(" ").col(name, 26, style="bold", do=do).put(" ")
        return line.put(f"[X] {clock.hm(one.mark.at)} ", "bad", do).put(
            " " + (_reason(one) or _("no reason yet")), "", do
        )

    def _task_text(self, task: Task) -> str:
        late = _("from {day}").format(day=clock.short_day(task.due)) if task.overdue(self.read.day) else _("today")
        word = fit(_("task"), 11)
        return f"{word}{task.text}  {task.owner}  {late}"

    def _numbers(self) -> list[Line]:
        if self.read.market:
            told = [part for text in self.read.market.numbers for part in _packed(text, 75)]
            return [*(Line().put("   " + text).cropped(79) for text in told), *self._stock()]
        lines = []
        for card, n in zip(self.read.cards, self.read.counts, strict=True):
            text = _("{items} items  ok {passed}  exc. {fail}  late {late}  open {open}").format(
                items=n.items, passed=n.passed, fail=n.fail, late=n.late, open=n.open
            )
            lines.append(Line().put("   ").col(card.words.shown, 15).put(text))
        return [*lines[:3], *self._stock()] if self.read.cars else lines[:4]

    def _stock(self) -> list[Line]:
        """What stands here, in a showroom that keeps its cars."""
        if not self.read.cars:
            return []
        told = _("on hand {on_hand}  free {free}  display {display}  allocated {allocated}  in transit {in_transit}")
        return [Line().put("   ").col(_("Stock"), 15).put(told.format(**self.read.cars.stock))]

    def _latest(self) -> list[Line]:
        parts = [_timed(log.local_time(self.store, a.at), a.words()) for a in self.read.latest]
        if not parts:
            return [Line().put("   " + _("nothing yet today"), "dim")]
        lines = [Line().put(" ")]
        for part in parts:
            if lines[-1].cells + width(part) + 3 > 79 and lines[-1].cells > 1:
                lines.append(Line().put(" "))
            lines[-1].put(part + "   ", "dim")
        return [line.cropped(79) for line in lines[:3]]

    def warning(self, cells: int) -> Line:
        if self.read.unsealed_before:
            told = _("the report of {day} was never sealed").format(day=clock.short_day(self.read.unsealed_before))
            return Line().put(" " + told, "warn")
        if self.read.recheck:
            cells_told = "  ".join(f"{row.shown} {item.shown}" for _c, row, item in self.read.recheck)
            told = _("{days} days without an exception; look again at: {cells}").format(
                days=self.read.quiet, cells=cells_told
            )
            return Line().put(" " + told, "warn")
        if self.read.carried:
            told = as_many([f"{task.text}({task.owner})" for task in self.read.carried], 60)
            return Line().put(" " + _("from before {count}: {tasks}").format(count=len(self.read.carried), tasks=told))
        return self._waiting()

    def _waiting(self) -> Line:
        """What lies half done on another page."""
        names = [
            _(d.word) + f" {d.key.upper()}" for d in self.desk.doors if d.name != self.name and self.desk.stacks[d.name]
        ]
        return (
            Line().put(" " + _("left half done: {pages}").format(pages="  ".join(names)), "warn") if names else Line()
        )

    # -- keys

    def binds(self) -> Sequence[Bind]:
        last = max(FIXED, self._length())
        space = (
            (bind("space", "Space", N_("done"), changes=True, help=N_("tick the task under the cursor")),)
            if self._task()
            else ()
        )
        back = (bind("ctrl+z", "^Z", N_("undo"), changes=True),) if self.desk.can_undo() else ()
        locks = self.desk.guard is not None and self.desk.guard.locks()
        lock = (bind("f12", "F12", pick("锁屏", "lock")),) if locks and not space else ()
        return (
            bind([str(n) for n in range(1, last + 1)], pick("数字", f"1-{last}"), N_("open line")), *space,
            bind(("insert", "+"), "Ins", N_("new visit"), changes=True),
            bind("a", pick("字母", "letters"), N_("find")), *back,
            bind(("f10", "ctrl+k"), "^K", N_("commands")), *lock, bind("f1", "F1", N_("help")),
        )  # fmt: skip

    def _task(self) -> Task | None:
        number = self.cursor - FIXED
        return self.read.watched[number].task if 0 <= number < len(self.read.watched) else None

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "home": -99, "end": 99, "pageup": -99, "pagedown": 99}
        if key in steps:
            self.cursor = max(0, min(self.cursor + steps[key], self._length() - 1))
        elif key.isdigit() and key != "0" and len(key) == 1:
            self._open(int(key) - 1)
        elif key == "enter":
            self._open(self.cursor)
        elif key in ("insert", "+"):
            self._walk_in()
        elif key == "space" and (task := self._task()):
            self.desk.do(lambda: task_queries.tick(self.store, task))
            self.enter()
        else:
            return False
        return True

    def _walk_in(self) -> None:
        """Somebody comes in; a form that is half filled goes on."""
        self.desk.go("customers")
        if not self.desk.stacks["customers"]:
            self.desk.open("walkin", {"back": self.name})

    def _open(self, number: int) -> None:
        if number >= self._length():
            return
        self.cursor = number
        if number < len(lines.CARDS_UP):
            self.desk.go("checks", lines.CARDS_UP[number])
        elif number == 2:
            self._open_reception()
        elif number < FIXED:
            self.desk.go("training")
        else:
            self._open_watched(self.read.watched[number - FIXED])

    def _open_reception(self) -> None:
        """Who takes the desk over; without a slot open now, the rota."""
        self.desk.go("rota")
        if self.read.desk and not self.read.desk.over:
            self.desk.open("substitute", {"back": self.name})

    def _open_watched(self, one: Watched) -> None:
        if one.task:
            self.desk.go("report", f"task:{one.task.id}")
        elif one.notice:
            self.desk.go(one.notice.page, one.notice.place)
        elif one.card and one.row:
            self.desk.go("checks", f"{one.card.words.code}|{one.row.list}|{one.row.subject}")

    def click(self, do: str) -> None:
        if do.startswith("row:"):
            self.cursor = int(do[4:])

    def hits(self, typed: str) -> list[Hit]:
        return [
            Hit(_(door.word), door.key.upper() or _("page"), door.name, "")
            for door in self.desk.doors
            if door.name != self.name and matches(typed, f"{door.finds} {_(door.word).lower()}")
        ]

    def go_to(self, place: str) -> None:
        self.cursor = 0

    def state(self) -> dict[str, Any]:
        return {"cursor": self.cursor}

    def restore(self, state: dict[str, Any]) -> None:
        self.cursor = int(state.get("cursor", 0))


def _reason(one: Watched) -> str:
    assert one.card and one.mark
    return next(
        (pick(*pair) for pair in one.card.words.reasons if one.mark and one.mark.reason in pair), one.mark.reason
    )


def _timed(at: str, told: str) -> str:
    """An action with its time, which its own words may begin with already."""
    return told if told.startswith(at) else f"{at} {told}"


def _packed(text: str, cells: int) -> list[str]:
    """A line of parts with two blanks between them as lines that each fit; no part is broken."""
    lines: list[str] = []
    for part in text.split("  "):
        if lines and width(lines[-1]) + width(part) + 2 <= cells:
            lines[-1] += "  " + part
        else:
            lines.append(part)
    return lines
