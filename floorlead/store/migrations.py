"""The schema as a told history: one function a step, never edited once released, run by sqlite-utils'
Migrations.

A new table or column is a new step at the end; the triggers follow by themselves (`schema.install_triggers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

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


@history()
def m001_the_first_walk(db: Database) -> None:
    """The log of actions, the nouns, the cards and the sealed reports."""
    for script in (_LOG, _NOUNS, _CARDS, _REPORTS):
        _run(db, script)


STEPS = ("m001_the_first_walk",)
"""Every step in its order; its length is the file's `user_version`."""
