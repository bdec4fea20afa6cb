"""What the tests share: a showroom made from the words of a test's docstring, golden files, a desk without a terminal.

The day language, a line each: `team 张伟 李娜`, `lead 王`, `car A1 朗逸白 张伟`, `desk 谈判桌1 张伟`, `away 李娜 事假`,
`back 李娜`, `at 08:41`, `rest appearance`, `fail 刘洋 badge 现场纠正`, `pass 张伟 wiped`, `task 补价签 黄丽`,
`stock QY 白 4114 34` (a car, `QY` its model, 34 days here), `stock QY 白 4114 34 D01` (on a spot),
`coming QY 白 4117 2026-11-26`, `order 刘女士 4114 张伟 2026-11-24T10:30`, `weather 晴`, `remarks …`, `seal it`, `reopen 漏记`. A time may name its day: `at 08:41 2026-11-20`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as effort

from floorlead import clock, settings, words
from floorlead.app import PAGES
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as car_queries
from floorlead.cars import rules as car_rules
from floorlead.cars.records import Car, Model, Placement, StockState
from floorlead.checks import lists, queries, rules
from floorlead.checks.records import PASS, Card, Mark, RestPass
from floorlead.furniture import queries as furniture_queries
from floorlead.furniture.records import Kind
from floorlead.lock.guard import Guard
from floorlead.orders import moves as order_moves
from floorlead.orders import queries as order_queries
from floorlead.orders.records import Order
from floorlead.people import queries as people_queries
from floorlead.people.records import Role, State
from floorlead.record import replace
from floorlead.report import queries as report_queries
from floorlead.report import sealing
from floorlead.store import Store
from floorlead.tasks import queries as task_queries
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests import apart, kept
from tests.shifted.sitecustomize import rest_under_faketime

apart.begin()
DAY = "2026-11-24"
EXAMPLES = os.environ.get("FLOORLEAD_EXAMPLES", "")
"""How many examples a property is tried with, drawn by `--hypothesis-seed`; empty: the suite's own, always the same."""
GOLDEN = Path(__file__).parent / "golden"


rest_under_faketime()
effort.register_profile(
    "floorlead",
    deadline=None,  # how long an example takes is a matter of what else the machine does
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not EXAMPLES,
    max_examples=int(EXAMPLES or 100),
    database=None,
)
effort.load_profile("floorlead")


@pytest.fixture(scope="session", autouse=True)
def _kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Showrooms made once a run lie beside its temporary folders."""
    kept.begin(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def _stopped() -> Iterator[None]:
    """No test sees the real date: what asks for the time without being told one is at the showroom's own morning.

    Where the whole run lives at another time the programs that tests start do too.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FLOORLEAD_NOW", f"{DAY}T08:41")
        if "faketime" in os.environ.get("LD_PRELOAD", ""):
            patch.setenv("PYTHONPATH", str(Path(__file__).parent / "shifted"), prepend=os.pathsep)
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in English and leaves no language behind."""
    words.use("en")
    yield
    words.use("en")


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with the day that the test's docstring tells."""
    opened = kept.store(tmp_path / "showroom.db", clock.stopped(f"{DAY}T08:41:00"))
    opened.by = "王"
    for line in (request.function.__doc__ or "").splitlines():
        tell(opened, line.split())
    yield opened
    opened.close()


@pytest.fixture
def standard(tmp_path: Path) -> Iterator[Store]:
    """The invented showroom of twelve people, fourteen display cars and six tables, at 08:41."""
    morning = clock.stopped(f"{DAY}T08:41:00")
    opened = kept.opened(kept.demo(tmp_path / "standard.db", morning, "standard", 0), morning)
    opened.by = "王"
    yield opened
    opened.close()


def tell(store: Store, parts: list[str]) -> None:
    """Carry out one line of the day language; other lines are prose."""
    verb = parts[0] if parts else ""
    if verb in VERBS and len(parts) > 1:
        VERBS[verb](store, *parts[1:])


def at(store: Store, time: str, day: str = DAY) -> None:
    """The clock moves to a time."""
    store.clock = clock.stopped(f"{day}T{time}:00" if time.count(":") == 1 else f"{day}T{time}")


def _team(store: Store, *names: str) -> None:
    for name in names:
        people_queries.save(store, replace(people_queries.blank(), name=name))


def _lead(store: Store, name: str) -> None:
    people_queries.save(store, replace(people_queries.blank(), name=name, role=Role.LEADER))
    store.by = name


def person(store: Store, name: str) -> people_queries.Person:
    """A person by name."""
    return next(p for p in people_queries.everybody(store) if p.name == name)


def _piece(kind: Kind) -> Callable[..., None]:
    def make(store: Store, *parts: str) -> None:
        *spot, label, keeper = parts
        piece = replace(furniture_queries.blank(kind), spot=spot[0] if spot else "", label=label)
        furniture_queries.save(store, replace(piece, keeper_id=person(store, keeper).id))

    return make


def _away(store: Store, name: str, note: str = "") -> None:
    people_queries.say(store, store.today(), person(store, name), State.LEAVE, note)


def _back(store: Store, name: str) -> None:
    people_queries.say(store, store.today(), person(store, name), State.PRESENT)


def card(store: Store, code: str) -> Card:
    """Today's card of a code."""
    return queries.card(store, store.today(), next(w for w in lists.in_force(store) if w.code == code))


def _rest(store: Store, code: str) -> None:
    made = card(store, code)
    stamp = store.clock.stamp()
    cells = [(r, i, Mark(PASS, stamp, store.by, single=0)) for r, i in rules.open_cells(made, made.rows)]
    queries.put(store, made, cells, "rest", RestPass(stamp, store.by, len(made.rows), len(cells), False))


def _mark(result: str) -> Callable[..., None]:
    def make(store: Store, name: str, item: str, reason: str = "") -> None:
        for words_of in lists.in_force(store):
            made = card(store, words_of.code)
            for row in made.rows:
                found = next((i for i in made.items(row) if i.code == item), None)
                if row.label == name and found:
                    stamp, owner = store.clock.stamp(), row.owner_id
                    mark = Mark(result, stamp, store.by, reason=reason, owner_id=owner, points=found.points)
                    queries.put(store, made, [(row, found, mark)], "{name} {item}", name=row.both(), item=found.both())

    return make


def _task(store: Store, text: str, owner: str = "") -> None:
    task_queries.add(store, text, owner, store.today() + timedelta(days=1))


def vin(tail: str) -> str:
    """A VIN of the invented maker that ends in four digits, its check digit right."""
    bare = f"LX0A1B2C0TA00{tail}"
    return bare[:8] + car_rules.check_digit(bare) + bare[9:]


def enter_car(store: Store, model: str, colour: str, tail: str, **more: Any) -> Car:
    """Enter a car, its model too where that is new."""
    known = {m.code: m for m in car_queries.models(store)}
    made = known.get(model) or Model(0, model, model, position=len(known))
    blank = replace(
        car_moves.blank(), vin=vin(tail), model_id=made.id, model=made.code, model_name=made.name, colour=colour
    )
    ident = car_moves.save(store, replace(blank, cost=100_000, **more), None, made)
    found = car_queries.of(store, ident)
    assert found
    return found


def the_car(store: Store, tail: str) -> Car:
    """A car by the end of its VIN, as it is now."""
    return car_queries.by_tail(store, tail)[0]


def the_order(store: Store, customer: str) -> Order:
    """An order by its customer, as it is now."""
    ident = store.one("SELECT id FROM orders WHERE customer = ?", customer)
    found = order_queries.of(store, ident)
    assert found
    return found


def _stock(store: Store, model: str, colour: str, tail: str, days: str, spot: str = "") -> None:
    arrived = store.today() - timedelta(days=int(days))
    found = enter_car(store, model, colour, tail, arrived_on=arrived)
    if spot:
        piece = next(f for f in furniture_queries.standing(store) if f.spot == spot)
        car_moves.put_on_display(store, found, piece.id, spot)


def _coming(store: Store, model: str, colour: str, tail: str, expected: str) -> None:
    state = {"stock_state": StockState.IN_TRANSIT, "placement": Placement.NONE}
    enter_car(store, model, colour, tail, expected_on=date.fromisoformat(expected), **state)


def _order(store: Store, customer: str, tail: str, advisor: str = "", handover: str = "") -> None:
    found = the_car(store, tail)
    advisor_id = person(store, advisor).id if advisor else None
    order = replace(order_moves.blank(store), customer=customer, car_id=found.id, model_id=found.model_id)
    order_moves.save(store, replace(order, advisor_id=advisor_id, handover_at=handover, colour=found.colour))


VERBS: dict[str, Callable[..., None]] = {
    "team": _team, "lead": _lead, "car": _piece(Kind.DISPLAY_CAR), "desk": _piece(Kind.TABLE), "away": _away, "at": at,
    "rest": _rest, "fail": _mark("fail"), "pass": _mark("pass"), "task": _task, "back": _back,
    "stock": _stock, "coming": _coming, "order": _order,
    "seal": lambda store, _it: sealing.seal(store, store.today()),
    "reopen": lambda store, why: report_queries.reopen(store, store.today(), why),
    "weather": lambda store, text: report_queries.put_day(store, store.today(), "weather", text),
    "showroom": lambda store, name: settings.put(store, "showroom", name),
    "remarks": lambda store, *text: report_queries.put_day(store, store.today(), "remarks", " ".join(text)),
}  # fmt: skip


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compare text with the golden file of the test; `FLOORLEAD_GOLDEN=write` writes it anew."""

    def compare(text: str, name: str = "") -> None:
        path = GOLDEN / f"{name or request.node.name}.txt"
        if os.environ.get("FLOORLEAD_GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture
def desk(store: Store) -> Desk:
    """The store's desk at 80x24, without a terminal."""
    return desk_of(store)


def desk_of(store: Store) -> Desk:
    """A started desk on a store."""
    made = Desk(store, PAGES, SHARED)
    made.guard = Guard(store)
    made.start()
    return made


def screen(desk: Desk, cells: int = 80, height: int = 24) -> str:
    """What the screen shows, as text."""
    return "\n".join(line.text().rstrip() for line in desk.frame(cells, height)) + "\n"


def styles(desk: Desk, text: str) -> set[str]:
    """The styles in which a text stands on the screen."""
    return {piece.style for line in desk.frame(80, 24) for piece in line.pieces if text in piece.text}


def press(desk: Desk, *keys: str) -> None:
    """Press keys by their short names; a text field takes what is in quotes as `"text`."""
    for key in keys:
        if key.startswith('"'):
            desk.typed(key[1:])
        else:
            desk.press(key)
