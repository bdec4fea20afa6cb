"""The schema as a told history: one function a step, never edited once released, run by sqlite-utils'
Migrations.

A new table or column is a new step at the end; the triggers follow by themselves (`schema.install_triggers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from floorlead.store.market_tables import MARKET
from floorlead.store.rota_tables import ROTA

if TYPE_CHECKING:
    from sqlite_utils import Database

history = Migrations("floorlead")

_LOG = """
CREATE TABLE actions (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, day TEXT NOT NULL, by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'note', 'seal', 'reopen')),
  target INTEGER REFERENCES actions(seq), what TEXT NOT NULL, args TEXT NOT NULL,
  first_change INTEGER NOT NULL, salt TEXT, digest TEXT NOT NULL DEFAULT '', chain TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX actions_of_day ON actions(day);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL REFERENCES actions(seq), tbl TEXT NOT NULL, row INTEGER NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('I', 'U', 'D')), old TEXT, new TEXT
) STRICT;
CREATE TABLE drafts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

_NOUNS = """
CREATE TABLE settings (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;
CREATE TABLE people (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT NOT NULL CHECK (name <> ''),
  name_en TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL CHECK (role IN
    ('manager', 'leader', 'consultant', 'receptionist', 'test_drive_specialist', 'planner')),
  team TEXT NOT NULL DEFAULT '', rest_day INTEGER CHECK (rest_day BETWEEN 0 AND 6),
  joined TEXT CHECK (joined GLOB '????-??-??'), left_on TEXT CHECK (left_on GLOB '????-??-??'),
  trainee INTEGER NOT NULL DEFAULT 0 CHECK (trainee IN (0, 1)), position INTEGER NOT NULL, search TEXT NOT NULL
) STRICT;
CREATE TABLE attendance (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  person_id INTEGER NOT NULL REFERENCES people(id),
  state TEXT NOT NULL CHECK (state IN ('present', 'late', 'absent', 'leave', 'rest', 'outing')),
  at TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', UNIQUE (day, person_id)
) STRICT;
CREATE TABLE furniture (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('display_car', 'table', 'zone', 'test_drive_car')),
  spot TEXT NOT NULL DEFAULT '', label TEXT NOT NULL CHECK (label <> ''), label_en TEXT NOT NULL DEFAULT '',
  keeper_id INTEGER REFERENCES people(id), position INTEGER NOT NULL, removed_on TEXT, search TEXT NOT NULL
) STRICT;
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY, text TEXT NOT NULL CHECK (text <> ''), owner TEXT NOT NULL DEFAULT '',
  due TEXT NOT NULL CHECK (due GLOB '????-??-??'), made_on TEXT NOT NULL, done_on TEXT, done_at TEXT,
  dropped_on TEXT
) STRICT;
CREATE INDEX tasks_open ON tasks(due) WHERE done_on IS NULL AND dropped_on IS NULL;
CREATE INDEX tasks_done ON tasks(done_on) WHERE done_on IS NOT NULL;
"""

_CARDS = """
CREATE TABLE check_lists (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, is_on INTEGER NOT NULL) STRICT;
CREATE TABLE check_items (
  id INTEGER PRIMARY KEY, list TEXT NOT NULL, code TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (list, code)
) STRICT;
CREATE TABLE card_words (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
CREATE TABLE cards (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), code TEXT NOT NULL,
  words_id INTEGER NOT NULL REFERENCES card_words(id), opened_at TEXT NOT NULL, opened_by TEXT NOT NULL,
  UNIQUE (day, code)
) STRICT;
CREATE TABLE card_rows (
  id INTEGER PRIMARY KEY, card_id INTEGER NOT NULL REFERENCES cards(id), list TEXT NOT NULL,
  subject TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, label TEXT NOT NULL,
  label_en TEXT NOT NULL, owner_id INTEGER REFERENCES people(id), UNIQUE (card_id, list, subject)
) STRICT;
CREATE TABLE marks (
  id INTEGER PRIMARY KEY, card_id INTEGER NOT NULL REFERENCES cards(id),
  row_id INTEGER NOT NULL REFERENCES card_rows(id), item TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('pass', 'fail', 'na')), late INTEGER NOT NULL DEFAULT 0,
  backfilled INTEGER NOT NULL DEFAULT 0, single INTEGER NOT NULL DEFAULT 1, was TEXT, first TEXT, first_at TEXT,
  reason TEXT NOT NULL DEFAULT '', value REAL, at TEXT NOT NULL, by TEXT NOT NULL,
  owner_id INTEGER REFERENCES people(id), points INTEGER NOT NULL DEFAULT 0, UNIQUE (row_id, item)
) STRICT;
CREATE INDEX marks_of_card ON marks(card_id);
CREATE INDEX mark_exceptions ON marks(at) WHERE result = 'fail' OR late = 1 OR first IS NOT NULL;
CREATE TABLE card_passes (
  id INTEGER PRIMARY KEY, card_id INTEGER NOT NULL REFERENCES cards(id), at TEXT NOT NULL, by TEXT NOT NULL,
  rows INTEGER NOT NULL, marks INTEGER NOT NULL, backfilled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX passes_of_card ON card_passes(card_id);
"""

_REPORTS = """
CREATE TABLE days (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE CHECK (day GLOB '????-??-??'),
  weather TEXT NOT NULL DEFAULT '', remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE templates (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, source TEXT NOT NULL) STRICT;
CREATE TABLE reports (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
  revision INTEGER NOT NULL CHECK (revision > 0), sealed_at TEXT NOT NULL, by TEXT NOT NULL,
  language TEXT NOT NULL, body TEXT NOT NULL, text TEXT NOT NULL, template_id INTEGER REFERENCES templates(id),
  seq INTEGER NOT NULL, head TEXT NOT NULL, previous_seal TEXT NOT NULL, seal TEXT NOT NULL UNIQUE,
  UNIQUE (day, revision), UNIQUE (number, revision)
) STRICT;
CREATE TABLE reopens (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, revision INTEGER NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''), UNIQUE (day, revision)
) STRICT;
CREATE TABLE prints (
  id INTEGER PRIMARY KEY, paper TEXT NOT NULL, day TEXT NOT NULL, revision INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL, by TEXT NOT NULL, printer TEXT NOT NULL, path TEXT NOT NULL
) STRICT;
CREATE INDEX prints_of_day ON prints(day);
"""


def _run(db: Database, script: str) -> None:
    """Run the statements one by one: `executescript` would commit the step's transaction."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


_CARS = """
CREATE TABLE models (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (code <> ''), name TEXT NOT NULL,
  name_en TEXT NOT NULL DEFAULT '', minimum INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0),
  target_days INTEGER CHECK (target_days > 0), position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE cars (
  id INTEGER PRIMARY KEY, vin TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (vin <> ''),
  model_id INTEGER NOT NULL REFERENCES models(id), trim TEXT NOT NULL DEFAULT '', colour TEXT NOT NULL DEFAULT '',
  interior TEXT NOT NULL DEFAULT '', powertrain TEXT NOT NULL DEFAULT '',
  msrp INTEGER CHECK (msrp >= 0), cost INTEGER CHECK (cost >= 0),
  built_on TEXT CHECK (built_on GLOB '????-??-??'), paid_on TEXT CHECK (paid_on GLOB '????-??-??'),
  arrived_on TEXT CHECK (arrived_on GLOB '????-??-??'), expected_on TEXT CHECK (expected_on GLOB '????-??-??'),
  stock_state TEXT NOT NULL CHECK (stock_state IN ('in_transit', 'in_stock', 'delivered', 'transferred', 'returned')),
  allocation TEXT NOT NULL DEFAULT 'free' CHECK (allocation IN ('free', 'allocated')),
  placement TEXT NOT NULL DEFAULT 'yard' CHECK (placement IN ('yard', 'display', 'test_drive', 'away', 'none')),
  hold TEXT NOT NULL DEFAULT '' CHECK (hold IN ('', 'damage', 'pdi')),
  spot_id INTEGER REFERENCES furniture(id), left_on TEXT CHECK (left_on GLOB '????-??-??'),
  free_days INTEGER NOT NULL DEFAULT 0 CHECK (free_days >= 0), unchecked TEXT NOT NULL DEFAULT '',
  was_test_drive INTEGER NOT NULL DEFAULT 0 CHECK (was_test_drive IN (0, 1)), offer TEXT NOT NULL DEFAULT '',
  push_id INTEGER REFERENCES people(id), note TEXT NOT NULL DEFAULT '', search TEXT NOT NULL DEFAULT '',
  CHECK ((placement = 'display') <= (spot_id IS NOT NULL)),
  CHECK (spot_id IS NULL OR placement IN ('display', 'test_drive'))
) STRICT;
CREATE UNIQUE INDEX cars_spot ON cars(spot_id) WHERE spot_id IS NOT NULL;
CREATE INDEX cars_state ON cars(stock_state);
CREATE INDEX cars_tail ON cars(substr(vin, -4));
CREATE TABLE car_aliases (
  id INTEGER PRIMARY KEY, car_id INTEGER NOT NULL REFERENCES cars(id),
  vin TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (vin <> ''), at TEXT NOT NULL, by TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;
CREATE INDEX aliases_of_car ON car_aliases(car_id);
CREATE TABLE car_events (
  id INTEGER PRIMARY KEY, car_id INTEGER NOT NULL REFERENCES cars(id), at TEXT NOT NULL, by TEXT NOT NULL,
  kind TEXT NOT NULL, spot_id INTEGER REFERENCES furniture(id), detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX events_of_car ON car_events(car_id);
CREATE INDEX events_of_spot ON car_events(spot_id) WHERE spot_id IS NOT NULL;
CREATE INDEX events_at ON car_events(at);
CREATE TABLE drives (
  id INTEGER PRIMARY KEY, car_id INTEGER NOT NULL REFERENCES cars(id), person_id INTEGER REFERENCES people(id),
  out_at TEXT NOT NULL, back_at TEXT, km_out INTEGER CHECK (km_out >= 0), km_back INTEGER CHECK (km_back >= km_out),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX drives_of_car ON drives(car_id);
CREATE UNIQUE INDEX drives_open ON drives(car_id) WHERE back_at IS NULL;
CREATE INDEX drives_at ON drives(out_at);
CREATE TABLE stand_ins (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  furniture_id INTEGER NOT NULL REFERENCES furniture(id), person_id INTEGER NOT NULL REFERENCES people(id),
  UNIQUE (day, furniture_id)
) STRICT;
"""

_ORDERS = """
CREATE TABLE orders (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (number <> ''),
  customer TEXT NOT NULL CHECK (customer <> ''), phone TEXT NOT NULL DEFAULT '',
  invoice_name TEXT NOT NULL DEFAULT '', advisor_id INTEGER REFERENCES people(id),
  model_id INTEGER REFERENCES models(id), trim TEXT NOT NULL DEFAULT '', colour TEXT NOT NULL DEFAULT '',
  car_id INTEGER REFERENCES cars(id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'delivered', 'cancelled')),
  ordered_on TEXT NOT NULL CHECK (ordered_on GLOB '????-??-??'), deposit INTEGER CHECK (deposit >= 0),
  plate_at TEXT CHECK (plate_at GLOB '????-??-??T??:??'), handover_at TEXT CHECK (handover_at GLOB '????-??-??T??:??'),
  temp_plate_until TEXT CHECK (temp_plate_until GLOB '????-??-??'),
  insured_from TEXT CHECK (insured_from GLOB '????-??-??'),
  insured INTEGER NOT NULL DEFAULT 0, financed INTEGER NOT NULL DEFAULT 0, accessories INTEGER NOT NULL DEFAULT 0,
  trade_in INTEGER NOT NULL DEFAULT 0, closed_at TEXT, reviewed_at TEXT, reviewed_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', search TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX orders_car ON orders(car_id) WHERE car_id IS NOT NULL AND state <> 'cancelled';
CREATE INDEX orders_open ON orders(state) WHERE state = 'open';
CREATE INDEX orders_closed ON orders(closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX orders_ordered ON orders(ordered_on);
CREATE TABLE order_steps (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id), code TEXT NOT NULL CHECK (code <> ''),
  at TEXT NOT NULL, by TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', UNIQUE (order_id, code)
) STRICT;
CREATE INDEX order_steps_at ON order_steps(at);
CREATE TABLE sales (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  model_id INTEGER NOT NULL REFERENCES models(id), trim TEXT NOT NULL DEFAULT '', colour TEXT NOT NULL DEFAULT '',
  age_days INTEGER, advisor TEXT NOT NULL DEFAULT '', insured INTEGER NOT NULL DEFAULT 0,
  financed INTEGER NOT NULL DEFAULT 0, accessories INTEGER NOT NULL DEFAULT 0, trade_in INTEGER NOT NULL DEFAULT 0,
  vin TEXT NOT NULL DEFAULT '', order_id INTEGER UNIQUE REFERENCES orders(id)
) STRICT;
CREATE INDEX sales_day ON sales(day);
CREATE TABLE announcements (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('push', 'tell', 'offer', 'move')), text TEXT NOT NULL
) STRICT;
CREATE INDEX announcements_of_day ON announcements(day);
CREATE TABLE announced_cars (
  id INTEGER PRIMARY KEY, announcement_id INTEGER NOT NULL REFERENCES announcements(id),
  car_id INTEGER NOT NULL REFERENCES cars(id), age INTEGER NOT NULL, owner_id INTEGER REFERENCES people(id),
  offer TEXT NOT NULL DEFAULT '', UNIQUE (announcement_id, car_id)
) STRICT;
CREATE INDEX announced_car ON announced_cars(car_id);
CREATE TABLE advices (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), version INTEGER NOT NULL CHECK (version > 0),
  at TEXT NOT NULL, by TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (day, version)
) STRICT;
CREATE TABLE calendar_days (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE CHECK (day GLOB '????-??-??'),
  kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')), name TEXT NOT NULL DEFAULT '',
  name_en TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE stocktakes (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), begun_at TEXT NOT NULL, by TEXT NOT NULL,
  closed_at TEXT, expected TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX stocktakes_day ON stocktakes(day);
CREATE TABLE stocktake_marks (
  id INTEGER PRIMARY KEY, stocktake_id INTEGER NOT NULL REFERENCES stocktakes(id), typed TEXT NOT NULL,
  car_id INTEGER REFERENCES cars(id), at TEXT NOT NULL, note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX stocktake_cars ON stocktake_marks(stocktake_id, car_id) WHERE car_id IS NOT NULL;
CREATE INDEX marks_of_stocktake ON stocktake_marks(stocktake_id);
CREATE TABLE import_maps (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, headings TEXT NOT NULL, columns TEXT NOT NULL, UNIQUE (kind, headings)
) STRICT;
"""


_SEALS = """
CREATE TABLE seals (id INTEGER PRIMARY KEY REFERENCES reports(id), members TEXT NOT NULL) STRICT;
ALTER TABLE reports ADD COLUMN void INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1));
CREATE INDEX reports_void ON reports(day, revision) WHERE void = 1;
"""


@history()
def m001_the_first_walk(db: Database) -> None:
    """The log of actions, the nouns, the cards and the sealed reports."""
    for script in (_LOG, _NOUNS, _CARDS, _REPORTS):
        _run(db, script)


@history()
def m002_the_cars(db: Database) -> None:
    """Cars on four axes, orders with their papers, sales, announcements, order advice, stock-takes, the calendar."""
    for script in (_CARS, _ORDERS):
        _run(db, script)


@history()
def m003_the_rota(db: Database) -> None:
    """Shifts by person and day, the desk with its substitutes, leave, outings, training, whose turn it is."""
    _run(db, ROTA)


@history()
def m004_the_customers(db: Database) -> None:
    """Visits, customers and follow-ups, the log, targets, figures and appraisal, who looked at what."""
    for script in MARKET:
        _run(db, script)


@history()
def m005_the_seals(db: Database) -> None:
    """What each seal is taken over, part by part, and revisions that say a report is void."""
    _run(db, _SEALS)


@history()
def m006_half_typed_texts(db: Database) -> None:
    """What no action covers carries a digest of its own."""
    db.execute("ALTER TABLE drafts ADD COLUMN digest TEXT NOT NULL DEFAULT ''")


STEPS = (
    "m001_the_first_walk", "m002_the_cars", "m003_the_rota", "m004_the_customers", "m005_the_seals",
    "m006_half_typed_texts",
)  # fmt: skip
"""Every step in its order; its length is the file's `user_version`."""
