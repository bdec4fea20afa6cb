"""An invented showroom in a file of its own, dated to the clock's business day: its past is told day by day.

It is entered through the ordinary doors, so that history, seals and undo are true; no real file is touched.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from floorlead import settings, shelf
from floorlead.clock import Clock
from floorlead.furniture import queries as furniture
from floorlead.people import files
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.setup import demo_customers, demo_rota, demo_stock
from floorlead.setup.demo_day import DemoDay, read_story
from floorlead.store import Busy, Refused, Store, making, open_store
from floorlead.words import N_, _

FOLDERS = {"demo": ("demo",), "standard": ("demo", "standard")}
"""The invented showrooms: fifteen people with a past, and twelve on the card without one."""
DAYS = {"demo": 30, "standard": 0}
NAME_ZH, NAME_EN = "启岳汽车 展厅", "Qiyue Motors"
SET_UP = time(17, 30)
"""On the evening before all that is told: no undo of today's takes back what sets the showroom up."""


def make_demo(path: Path, clock: Clock, showroom: str = "demo", days: int | None = None) -> None:
    """Make the invented `showroom` (a name in FOLDERS) at `path`, with `days` sealed days behind it.

    An older demo there is replaced at once, when all is told. Raises Refused (E71) where another file stands.
    """
    if path.exists() and path.stat().st_size and not is_demo(path):
        raise Refused("E71", _("{path} is not a demo showroom; it was not touched").format(path=path))
    try:
        with making.made_whole(path) as temp:
            _build(temp, clock, showroom, DAYS[showroom] if days is None else days)
    except OSError as error:
        sentence = _("The demo cannot be made at {path}: {reason}")
        raise Refused("E72", sentence.format(path=path, reason=error.strerror)) from error


def is_demo(path: Path) -> bool:
    """Whether the file at `path` is an invented showroom. Raises Busy while another terminal writes to it."""
    try:
        store = open_store(path, Clock(), reading=True, check="none")
    except Busy:
        raise
    except Refused:
        return False
    try:
        return bool(settings.get(store, "demo"))
    except Busy:
        raise
    except Refused:
        return False
    finally:
        store.close()


def _build(temp: Path, clock: Clock, showroom: str, days: int) -> None:
    store = open_store(temp, clock, check="none")
    try:
        # nobody but this process knows the file, and it is made again when it is cut off
        store.connection.execute("PRAGMA synchronous = OFF")
        today = clock.today()
        _set_up(store, showroom, today - timedelta(days=days + 1))
        demo_rota.load(store, FOLDERS[showroom], today)
        story = read_story()
        for back in range(days, 0, -1):
            DemoDay(store, today - timedelta(days=back), story).tell(last=back == 1)
        store.clock = clock
        demo_stock.load(store, FOLDERS[showroom])
        demo_customers.load(store, FOLDERS[showroom])
    finally:
        store.close()


def _set_up(store: Store, showroom: str, evening: date) -> None:
    """Name, people and furniture, entered on the evening before all that is told."""
    moment = datetime.combine(evening, SET_UP, store.clock.zone)
    store.clock = replace(store.clock, source=lambda: moment)
    named = {"showroom": NAME_ZH, "showroom_en": NAME_EN, "demo": "1"}
    with store.write(N_("Demo showroom {name}"), name={"zh": NAME_ZH, "en": NAME_EN}) as db:
        for key, value in named.items():
            settings.write(db, key, value)
    folder = FOLDERS[showroom]
    found = files.read_people(shelf.find(*folder, "people.csv").read_bytes())
    people.import_people(store, people.plan_import(store, found))
    furniture.load(store, shelf.find(*folder, "furniture.csv"))
