"""The tables of the third step: who works when, who answers for the desk, leave, outings, training, whose turn it is.

Shifts, slots and leave kinds are named by their codes in `data/rota.toml`; times of the day are minutes from midnight.
"""

from __future__ import annotations

ROTA = """
CREATE TABLE rota_cells (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  person_id INTEGER NOT NULL REFERENCES people(id), shift TEXT NOT NULL CHECK (shift <> ''),
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)), UNIQUE (day, person_id)
) STRICT;
CREATE INDEX cells_of_person ON rota_cells(person_id, day);
CREATE TABLE desk_duty (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), slot TEXT NOT NULL CHECK (slot <> ''),
  holder_id INTEGER REFERENCES people(id), substitute_id INTEGER REFERENCES people(id),
  CHECK (holder_id IS NULL OR substitute_id IS NULL OR holder_id <> substitute_id), UNIQUE (day, slot)
) STRICT;
CREATE TABLE substitutions (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), slot TEXT NOT NULL CHECK (slot <> ''),
  left_id INTEGER REFERENCES people(id), taker_id INTEGER REFERENCES people(id),
  starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 2880), ends INTEGER CHECK (ends >= starts AND ends <= 2880),
  reason TEXT NOT NULL DEFAULT '', reported INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1)),
  at TEXT NOT NULL, by TEXT NOT NULL, UNIQUE (day, slot, starts)
) STRICT;
CREATE INDEX substitutions_taker ON substitutions(taker_id, day);
CREATE TABLE acting_leaders (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE CHECK (day GLOB '????-??-??'),
  person_id INTEGER NOT NULL REFERENCES people(id)
) STRICT;
CREATE TABLE leaves (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people(id), kind TEXT NOT NULL CHECK (kind <> ''),
  first_day TEXT NOT NULL CHECK (first_day GLOB '????-??-??'), last_day TEXT NOT NULL CHECK (last_day GLOB '????-??-??'),
  half TEXT NOT NULL DEFAULT '' CHECK (half IN ('', 'am', 'pm')), reason TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
  asked_at TEXT NOT NULL, decided_at TEXT, by TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
  CHECK (last_day >= first_day), CHECK (half = '' OR first_day = last_day)
) STRICT;
CREATE INDEX leaves_last ON leaves(last_day);
CREATE INDEX leaves_person ON leaves(person_id, last_day);
CREATE INDEX leaves_decided ON leaves(decided_at) WHERE decided_at IS NOT NULL;
CREATE TABLE leave_allowances (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people(id), year INTEGER NOT NULL,
  kind TEXT NOT NULL, days REAL NOT NULL CHECK (days >= 0), UNIQUE (person_id, year, kind)
) STRICT;
CREATE TABLE closed_to_leave (
  id INTEGER PRIMARY KEY, first_day TEXT NOT NULL CHECK (first_day GLOB '????-??-??'),
  last_day TEXT NOT NULL CHECK (last_day GLOB '????-??-??'), name TEXT NOT NULL CHECK (name <> ''),
  CHECK (last_day >= first_day)
) STRICT;
CREATE INDEX closed_last ON closed_to_leave(last_day);
CREATE TABLE outings (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind <> ''), place TEXT NOT NULL DEFAULT '',
  first_day TEXT NOT NULL CHECK (first_day GLOB '????-??-??'), last_day TEXT NOT NULL CHECK (last_day GLOB '????-??-??'),
  half TEXT NOT NULL DEFAULT '' CHECK (half IN ('', 'am', 'pm')), wanted INTEGER NOT NULL DEFAULT 1 CHECK (wanted >= 0),
  plan_due TEXT CHECK (plan_due GLOB '????-??-??'), planned_on TEXT CHECK (planned_on GLOB '????-??-??'),
  review_due TEXT CHECK (review_due GLOB '????-??-??'), reviewed_on TEXT CHECK (reviewed_on GLOB '????-??-??'),
  cancelled_at TEXT, note TEXT NOT NULL DEFAULT '', CHECK (last_day >= first_day)
) STRICT;
CREATE INDEX outings_last ON outings(last_day);
CREATE INDEX outings_unreviewed ON outings(review_due) WHERE reviewed_on IS NULL AND cancelled_at IS NULL;
CREATE TABLE outing_people (
  id INTEGER PRIMARY KEY, outing_id INTEGER NOT NULL REFERENCES outings(id),
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'), person_id INTEGER NOT NULL REFERENCES people(id),
  UNIQUE (day, person_id, outing_id)
) STRICT;
CREATE INDEX people_of_outing ON outing_people(outing_id);
CREATE TABLE trainings (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE CHECK (day GLOB '????-??-??'), starts INTEGER,
  topic TEXT NOT NULL DEFAULT '', trainer TEXT NOT NULL DEFAULT '', team TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE training_people (
  id INTEGER PRIMARY KEY, training_id INTEGER NOT NULL REFERENCES trainings(id),
  person_id INTEGER NOT NULL REFERENCES people(id), at TEXT NOT NULL, UNIQUE (training_id, person_id)
) STRICT;
CREATE INDEX trained ON training_people(person_id);
CREATE TABLE queue_events (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  person_id INTEGER NOT NULL REFERENCES people(id),
  kind TEXT NOT NULL CHECK (kind IN ('join', 'serve', 'back', 'away', 'move', 'leave')),
  place INTEGER, reason TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
CREATE INDEX queue_of_day ON queue_events(day);
CREATE TABLE wishes (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  person_id INTEGER NOT NULL REFERENCES people(id), shift TEXT NOT NULL CHECK (shift <> ''),
  weight INTEGER NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 9), note TEXT NOT NULL DEFAULT '',
  UNIQUE (day, person_id)
) STRICT;
CREATE TABLE publications (
  id INTEGER PRIMARY KEY, first_day TEXT NOT NULL CHECK (first_day GLOB '????-??-??'),
  last_day TEXT NOT NULL CHECK (last_day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  body TEXT NOT NULL, CHECK (last_day >= first_day)
) STRICT;
CREATE INDEX published_until ON publications(last_day);
"""
