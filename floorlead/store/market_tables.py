"""The tables of the fourth step: visits, customers and their follow-ups, the log, targets, figures, appraisal, access.

Grades, sources, purposes and reasons are named by their codes in `data/customers.toml`, other codes in the data file
of their area. A customer's row stays when the customer is erased: counts still hold, nobody is named.
"""

from __future__ import annotations

CUSTOMERS = """
CREATE TABLE customers (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
  grade TEXT NOT NULL CHECK (grade <> ''), model_id INTEGER REFERENCES models(id), colour TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', advisor_id INTEGER REFERENCES people(id),
  first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
  last_contact TEXT CHECK (last_contact GLOB '????-??-??'), next_due TEXT CHECK (next_due GLOB '????-??-??'),
  closed_on TEXT CHECK (closed_on GLOB '????-??-??'), consent_at TEXT, consent_how TEXT NOT NULL DEFAULT '',
  no_contact INTEGER NOT NULL DEFAULT 0 CHECK (no_contact IN (0, 1)), progress TEXT NOT NULL DEFAULT '',
  competitor TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL, by TEXT NOT NULL, erased_on TEXT, search TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX customers_phone ON customers(phone) WHERE phone <> '';
CREATE UNIQUE INDEX customers_number ON customers(number) WHERE number <> '';
CREATE INDEX customers_open ON customers(next_due) WHERE closed_on IS NULL;
CREATE INDEX customers_advisor ON customers(advisor_id) WHERE closed_on IS NULL;
CREATE INDEX customers_closed ON customers(closed_on) WHERE closed_on IS NOT NULL;
CREATE INDEX customers_first ON customers(first_on);
CREATE INDEX customers_tail ON customers(substr(phone, -4)) WHERE phone <> '';
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
  channel TEXT NOT NULL CHECK (channel IN ('walk_in', 'call')), came_at TEXT NOT NULL, left_at TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('first', 'carded_first', 'repeat', 'non_intent')),
  party INTEGER NOT NULL DEFAULT 1 CHECK (party BETWEEN 1 AND 99), times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0),
  advisor_id INTEGER REFERENCES people(id), customer_id INTEGER REFERENCES customers(id),
  model_id INTEGER REFERENCES models(id), colour TEXT NOT NULL DEFAULT '', grade TEXT NOT NULL DEFAULT '',
  captured INTEGER NOT NULL DEFAULT 0 CHECK (captured IN (0, 1)),
  test_drive INTEGER NOT NULL DEFAULT 0 CHECK (test_drive IN (0, 1)),
  quote INTEGER NOT NULL DEFAULT 0 CHECK (quote IN (0, 1)), finance INTEGER NOT NULL DEFAULT 0 CHECK (finance IN (0, 1)),
  deal INTEGER NOT NULL DEFAULT 0 CHECK (deal IN (0, 1)),
  incomplete INTEGER NOT NULL DEFAULT 0 CHECK (incomplete IN (0, 1)), explained TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '', purpose TEXT NOT NULL DEFAULT '', competitor TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
CREATE INDEX visits_day ON visits(day);
CREATE UNIQUE INDEX visits_number ON visits(number) WHERE number <> '';
CREATE UNIQUE INDEX visits_batch ON visits(customer_id, day, channel) WHERE customer_id IS NOT NULL;
CREATE INDEX visits_incomplete ON visits(day) WHERE incomplete = 1;
CREATE TABLE customer_events (
  id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
  day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  person_id INTEGER REFERENCES people(id),
  kind TEXT NOT NULL CHECK (kind IN ('made', 'contact', 'grade', 'next', 'advisor', 'asked', 'agreed', 'refused',
    'withdrawn', 'closed', 'open', 'order', 'consent', 'edit')),
  grade_before TEXT NOT NULL DEFAULT '', grade_after TEXT NOT NULL DEFAULT '',
  due TEXT CHECK (due GLOB '????-??-??'), next_due TEXT CHECK (next_due GLOB '????-??-??'),
  reason TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', visit_id INTEGER REFERENCES visits(id)
) STRICT;
CREATE INDEX events_of_customer ON customer_events(customer_id, day);
CREATE INDEX customer_events_day ON customer_events(day, kind);
CREATE TABLE endings (
  id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), wanted TEXT NOT NULL CHECK (wanted <> ''),
  reason TEXT NOT NULL CHECK (reason <> ''), note TEXT NOT NULL DEFAULT '', asked_on TEXT NOT NULL,
  asked_at TEXT NOT NULL, person_id INTEGER REFERENCES people(id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'agreed', 'refused', 'withdrawn')), decided_on TEXT, decided_at TEXT,
  by TEXT NOT NULL, answer TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX endings_asked ON endings(customer_id) WHERE state = 'asked';
CREATE INDEX endings_of_customer ON endings(customer_id);
CREATE INDEX endings_decided ON endings(decided_on) WHERE decided_on IS NOT NULL;
CREATE INDEX endings_asked_on ON endings(asked_on);
CREATE TABLE reminders (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people(id), overdue INTEGER NOT NULL CHECK (overdue >= 0)
) STRICT;
CREATE INDEX reminders_day ON reminders(day);
"""

LOG = """
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('incident', 'complaint', 'notice', 'plate')), text TEXT NOT NULL CHECK (text <> ''),
  level TEXT NOT NULL DEFAULT '', owner_id INTEGER REFERENCES people(id), owner TEXT NOT NULL DEFAULT '',
  due TEXT CHECK (due GLOB '????-??-??*'), customer TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
  car_id INTEGER REFERENCES cars(id), order_id INTEGER REFERENCES orders(id), model_id INTEGER REFERENCES models(id),
  effective_on TEXT CHECK (effective_on GLOB '????-??-??'), escalated_at TEXT, escalated_to TEXT NOT NULL DEFAULT '',
  responded_at TEXT, result TEXT NOT NULL DEFAULT '', closed_at TEXT, closed_on TEXT, satisfied INTEGER
    CHECK (satisfied IN (0, 1)), person_id INTEGER REFERENCES people(id)
) STRICT;
CREATE INDEX entries_day ON entries(day);
CREATE INDEX entries_open ON entries(kind) WHERE closed_at IS NULL;
CREATE INDEX entries_closed ON entries(closed_on) WHERE closed_on IS NOT NULL;
CREATE TABLE entry_steps (
  id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL REFERENCES entries(id), at TEXT NOT NULL, by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('action', 'response', 'escalated', 'closed', 'reopened', 'owner', 'due')),
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX steps_of_entry ON entry_steps(entry_id);
CREATE INDEX entry_steps_at ON entry_steps(at);
CREATE TABLE acknowledgements (
  id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL REFERENCES entries(id), person_id INTEGER NOT NULL REFERENCES people(id),
  at TEXT NOT NULL, by TEXT NOT NULL, UNIQUE (entry_id, person_id)
) STRICT;
CREATE TABLE violations (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people(id), rule TEXT NOT NULL CHECK (rule <> ''), words TEXT NOT NULL DEFAULT '{}',
  points INTEGER NOT NULL CHECK (points >= 0), slot TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  noted_at TEXT NOT NULL, by TEXT NOT NULL, withdrawn_at TEXT
) STRICT;
CREATE INDEX violations_day ON violations(day);
CREATE INDEX violations_person ON violations(person_id, day);
CREATE TABLE spot_checks (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people(id), note TEXT NOT NULL DEFAULT '', closed_at TEXT
) STRICT;
CREATE INDEX spot_checks_day ON spot_checks(day);
CREATE TABLE spot_marks (
  id INTEGER PRIMARY KEY, spot_id INTEGER NOT NULL REFERENCES spot_checks(id), item TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '{}', result TEXT NOT NULL CHECK (result IN ('pass', 'fail', 'na')),
  note TEXT NOT NULL DEFAULT '', UNIQUE (spot_id, item)
) STRICT;
CREATE TABLE talks (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('competitor', 'talk')), title TEXT NOT NULL CHECK (title <> ''),
  body TEXT NOT NULL DEFAULT '', model_id INTEGER REFERENCES models(id), competitor TEXT NOT NULL DEFAULT '',
  made_on TEXT NOT NULL, changed_at TEXT NOT NULL, by TEXT NOT NULL, retired_on TEXT, search TEXT NOT NULL DEFAULT ''
) STRICT;
"""

TARGETS = """
CREATE TABLE targets (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL CHECK (month GLOB '????-??'), measure TEXT NOT NULL CHECK (measure <> ''),
  amount INTEGER NOT NULL CHECK (amount >= 0), UNIQUE (month, measure)
) STRICT;
CREATE TABLE target_shares (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL CHECK (month GLOB '????-??'), person_id INTEGER NOT NULL REFERENCES people(id),
  share REAL NOT NULL CHECK (share >= 0), UNIQUE (month, person_id)
) STRICT;
CREATE TABLE target_weights (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE CHECK (day GLOB '????-??-??'), weight REAL NOT NULL CHECK (weight >= 0)
) STRICT;
CREATE TABLE target_causes (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), measure TEXT NOT NULL,
  person_id INTEGER REFERENCES people(id), cause TEXT NOT NULL CHECK (cause <> ''), action TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL, by TEXT NOT NULL
) STRICT;
CREATE INDEX causes_day ON target_causes(day);
CREATE TABLE forecasts (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), person_id INTEGER NOT NULL REFERENCES people(id),
  measure TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount >= 0), at TEXT NOT NULL, by TEXT NOT NULL,
  UNIQUE (day, person_id, measure)
) STRICT;
CREATE TABLE meetings (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), kind TEXT NOT NULL CHECK (kind IN ('morning', 'evening')),
  begun_at TEXT NOT NULL, ended_at TEXT, praise TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', by TEXT NOT NULL,
  UNIQUE (day, kind)
) STRICT;
CREATE TABLE meeting_ticks (
  id INTEGER PRIMARY KEY, meeting_id INTEGER NOT NULL REFERENCES meetings(id), item TEXT NOT NULL CHECK (item <> ''),
  at TEXT NOT NULL, answer TEXT NOT NULL DEFAULT '', UNIQUE (meeting_id, item)
) STRICT;
"""

FIGURES = """
CREATE TABLE month_starts (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL CHECK (month GLOB '????-??'), name TEXT NOT NULL CHECK (name <> ''),
  person_id INTEGER REFERENCES people(id), count INTEGER NOT NULL CHECK (count >= 0), taken_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX month_starts_of ON month_starts(month, name, ifnull(person_id, 0));
CREATE TABLE kpi_choices (
  id INTEGER PRIMARY KEY, kpi TEXT NOT NULL CHECK (kpi <> ''), definition TEXT NOT NULL CHECK (definition <> ''),
  since TEXT NOT NULL CHECK (since GLOB '????-??-??'), UNIQUE (kpi, since)
) STRICT;
CREATE TABLE appraisal_scores (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL CHECK (month GLOB '????-??'), person_id INTEGER NOT NULL REFERENCES people(id),
  item TEXT NOT NULL CHECK (item <> ''), points REAL NOT NULL, note TEXT NOT NULL DEFAULT '', at TEXT NOT NULL,
  by TEXT NOT NULL, UNIQUE (month, person_id, item)
) STRICT;
CREATE TABLE objections (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL CHECK (month GLOB '????-??'), person_id INTEGER NOT NULL REFERENCES people(id),
  source TEXT NOT NULL, text TEXT NOT NULL CHECK (text <> ''), at TEXT NOT NULL, by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('raised', 'upheld', 'dismissed')), answer TEXT NOT NULL DEFAULT '', decided_at TEXT,
  UNIQUE (month, person_id, source)
) STRICT;
CREATE TABLE month_closes (
  id INTEGER PRIMARY KEY, month TEXT NOT NULL CHECK (month GLOB '????-??'), revision INTEGER NOT NULL CHECK (revision > 0),
  at TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', body TEXT NOT NULL, UNIQUE (month, revision)
) STRICT;
"""

ACCESS = """
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY, person_id INTEGER UNIQUE REFERENCES people(id),
  role TEXT NOT NULL CHECK (role IN ('leader', 'manager', 'recovery')), hash TEXT NOT NULL, set_at TEXT NOT NULL
) STRICT;
CREATE TABLE accesses (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL CHECK (day GLOB '????-??-??'), at TEXT NOT NULL, by TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('reveal', 'export', 'print', 'search', 'who_saw', 'purge')),
  why TEXT NOT NULL DEFAULT '', count INTEGER NOT NULL DEFAULT 1 CHECK (count >= 0)
) STRICT;
CREATE INDEX accesses_day ON accesses(day);
CREATE TABLE access_rows (
  id INTEGER PRIMARY KEY, access_id INTEGER NOT NULL REFERENCES accesses(id),
  tbl TEXT NOT NULL CHECK (tbl IN ('customers', 'orders', 'entries')), row INTEGER NOT NULL
) STRICT;
CREATE INDEX access_of_row ON access_rows(tbl, row);
CREATE INDEX rows_of_access ON access_rows(access_id);
"""

MORE = """
ALTER TABLE orders ADD COLUMN customer_id INTEGER REFERENCES customers(id);
ALTER TABLE orders ADD COLUMN visit_id INTEGER REFERENCES visits(id);
ALTER TABLE orders ADD COLUMN accessory_amount INTEGER;
CREATE INDEX orders_customer ON orders(customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX orders_phone ON orders(phone) WHERE phone <> '';
CREATE INDEX tasks_made ON tasks(made_on);
"""

MARKET = (CUSTOMERS, LOG, TARGETS, FIGURES, ACCESS, MORE)
