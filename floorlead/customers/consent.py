"""Whether a customer may be called: the consent with how it was given, and the wish not to be called at all.

Who is not to be called is never due; the row itself stays.
"""

from __future__ import annotations

from floorlead.customers import notes
from floorlead.customers.moves import NAME_LIMIT, put
from floorlead.customers.records import Customer, Happened
from floorlead.record import replace
from floorlead.store import Store, decided
from floorlead.text import free
from floorlead.words import N_


@decided
def give_consent(store: Store, customer: Customer, how: str) -> None:
    """Note that and how the customer agreed to be called (spoken, signed, by code); an empty `how` takes it back."""
    stamp = store.clock.stamp() if how else ""
    after = replace(customer, consent_at=stamp, consent_how=free(how, NAME_LIMIT))
    words = N_("{name} agrees to be called") if how else N_("{name} takes the consent back")
    with store.write(words, name=notes.called(customer)) as db:
        put(db, store, Happened.CONSENT, customer, after, reason=how)


@decided
def stop_contact(store: Store, customer: Customer, stop: bool = True) -> None:
    """The customer asks not to be called (any more), or may be called again; who is not called is never due."""
    words = N_("{name} is not to be called") if stop else N_("{name} may be called again")
    with store.write(words, name=notes.called(customer)) as db:
        put(db, store, Happened.CONSENT, customer, replace(customer, no_contact=stop), reason="stop" if stop else "")
