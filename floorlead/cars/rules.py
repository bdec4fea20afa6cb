"""What a VIN is, how old a car is, what it costs a day, and which change of a car the trade forbids.

Ages count from the arrival (day 0), are frozen when the car leaves, and no move changes them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from floorlead.cars.records import Car, Hold, Placement, StockState
from floorlead.record import record
from floorlead.words import N_, _

VIN_LENGTH = 17
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {c: int(c) for c in "0123456789"} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
_TABLES = tuple({c: v * w for c, v in _VALUES.items()} for w in _WEIGHTS)
THRESHOLDS = (30, 60, 90, 180)
"""Inclusive upper bounds of the age buckets, in days, where the showroom set none."""


def normal_vin(text: str) -> str:
    """A VIN as it is kept: NFKC, upper case, without blanks and hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return "".join(text.upper().split()).replace("-", "")


def check_digit(vin: str) -> str:
    """The ninth character that the other sixteen ask for (GB 16735, ISO 3779); 17 characters without I, O, Q."""
    total = sum(table[char] for table, char in zip(_TABLES, vin, strict=True))
    rest = total % 11
    return "X" if rest == 10 else str(rest)


@record
class VinTrouble:
    """What is wrong with a VIN: `kind` is length, letter or digit; only a wrong check digit may be kept with a reason.

    `meant` is the number that was probably meant, empty where nothing can be guessed.
    """

    kind: str
    sentence: str
    meant: str = ""


def vin_trouble(vin: str) -> VinTrouble | None:
    """What is wrong with a normalised VIN, None where all is well."""
    if len(vin) != VIN_LENGTH:
        return VinTrouble(
            "length", _("a VIN has 17 characters, this one {count}: {vin}").format(count=len(vin), vin=vin)
        )
    wrong = [char for char in vin if char not in _VALUES]
    if wrong:
        return _letter_trouble(vin, wrong)
    if check_digit(vin) != vin[8]:
        told = _("the check digit of {vin} should be {digit}, not {there}")
        return VinTrouble("digit", told.format(vin=vin, digit=check_digit(vin), there=vin[8]))
    return None


def _letter_trouble(vin: str, wrong: list[str]) -> VinTrouble:
    meant = vin.replace("I", "1").replace("O", "0").replace("Q", "0")
    right = all(char in _VALUES for char in meant) and check_digit(meant) == meant[8]
    if right:
        told = _("'{letter}' never stands in a VIN; {meant} would be right")
        return VinTrouble("letter", told.format(letter=wrong[0], meant=meant), meant)
    return VinTrouble("letter", _("'{letter}' never stands in a VIN: {vin}").format(letter=wrong[0], vin=vin))


def model_year(vin: str, today: date) -> int | None:
    """The year that the tenth character names, the newest that may already be on sale; None where it names none."""
    letters = "ABCDEFGHJKLMNPRSTVWXY123456789"
    place = letters.find(vin[9:10]) if len(vin) == VIN_LENGTH else -1
    if place < 0:
        return None
    return max(year for year in range(1980 + place, today.year + 2, 30))


# -- ages and money


def _age(since: date | None, car: Car, day: date) -> int | None:
    if since is None or car.stock_state is StockState.IN_TRANSIT:
        return None
    return (min(day, car.left_on or day) - since).days


def stock_age(car: Car, day: date) -> int | None:
    """Days since the arrival, the arrival day being 0; none in transit, frozen when the car left."""
    return _age(car.arrived_on, car, day)


def paid_age(car: Car, day: date) -> int | None:
    """Days since the car was paid (财务库龄), which run in transit too; frozen when it left."""
    return (min(day, car.left_on or day) - car.paid_on).days if car.paid_on else None


def built_age(car: Car, day: date) -> int | None:
    """Days since the car was built, which is what a customer looks at; frozen when it left."""
    return (min(day, car.left_on or day) - car.built_on).days if car.built_on else None


def bucket(age: int, thresholds: Iterable[int] = THRESHOLDS) -> int:
    """The number of the age bucket, 0 first, by inclusive upper bounds: 30 days belong to the first, 31 to the next."""
    return sum(age > bound for bound in thresholds)


def bucket_words(number: int, thresholds: tuple[int, ...] = THRESHOLDS) -> str:
    """A bucket as it is written: `0-30`, `31-60`, `>180`."""
    if number >= len(thresholds):
        return f">{thresholds[-1]}"
    return f"{thresholds[number - 1] + 1 if number else 0}-{thresholds[number]}"


def interest_per_day(car: Car, percent: float) -> float:
    """What the car costs a day, in yuan: cost x yearly rate / 365."""
    return (car.cost or 0) * percent / 100 / 365


def interest_to_date(car: Car, day: date, percent: float) -> float:
    """What it has cost since its arrival, the free days at the beginning left out, in yuan."""
    age = stock_age(car, day)
    return interest_per_day(car, percent) * max(0, (age or 0) - car.free_days)


# -- what may happen to a car

EVENT_WORDS = {
    "entered": N_("entered"), "arrived": N_("arrived"), "display": N_("put on display"), "yard": N_("to the yard"),
    "test_drive": N_("made a test-drive car"), "away": N_("went out of the house"), "back": N_("came back"),
    "damage": N_("damage hold"), "pdi": N_("waits for PDI"), "released": N_("hold released"),
    "allocated": N_("allocated"), "freed": N_("free again"), "handed_over": N_("handed over"),
    "taken_back": N_("hand-over taken back"), "transferred": N_("to a sister store"),
    "given_back": N_("back from the sister store"), "returned": N_("returned to the maker"),
    "vin": N_("VIN corrected"), "changed": N_("changed"), "seen": N_("seen at the stock-take"),
}  # fmt: skip
"""What an event of a car is called."""


def _gone(car: Car) -> str:
    sentences = {
        StockState.IN_TRANSIT: _("{car} is still in transit; enter its arrival first"),
        StockState.DELIVERED: _("{car} is delivered; take the hand-over back first"),
        StockState.TRANSFERRED: _("{car} is at a sister store; enter its return first"),
        StockState.RETURNED: _("{car} was returned to the maker"),
    }
    return sentences[car.stock_state]


def forbidden(car: Car, what: str) -> str:
    """Why the trade forbids `what` to a car now, as a sentence that says what to do; empty where it may be done.

    `what` is a kind of event. Source: a car leaves the books only allocated, in stock and without a damage hold; it
    is allocated only once; a test-drive car is not sold as a new one.
    """
    sentence = _forbidden(car, what)
    return sentence.format(car=f"{car.shown} {car.tail}") if sentence else ""


def _forbidden(car: Car, what: str) -> str:
    if what == "arrived":
        return "" if car.stock_state is StockState.IN_TRANSIT else _("{car} is not in transit; it has arrived already")
    if what == "given_back":
        away = car.stock_state in (StockState.TRANSFERRED, StockState.RETURNED)
        return "" if away else _("{car} is not at a sister store")
    if what == "taken_back":
        return "" if car.stock_state is StockState.DELIVERED else _("{car} is not delivered")
    if what == "allocated":
        return _not_to_allocate(car)
    if what == "freed":
        known = car.stock_state in (StockState.IN_TRANSIT, StockState.IN_STOCK)
        return ("" if car.allocated else _("{car} is not allocated to anybody")) if known else _gone(car)
    if car.stock_state is not StockState.IN_STOCK:
        return _gone(car)
    return _CHECKS[what](car) if what in _CHECKS else ""


def _not_to_allocate(car: Car) -> str:
    if car.allocated:
        return _("{car} is allocated already; choose another car or free it first")
    if car.hold is Hold.DAMAGE:
        return _("{car} is on a damage hold; release it first")
    if car.placement is Placement.TEST_DRIVE:
        return _("{car} is a test-drive car; take it out of the test drives first")
    return "" if car.stock_state in (StockState.IN_TRANSIT, StockState.IN_STOCK) else _gone(car)


def _not_to_hand_over(car: Car) -> str:
    if not car.allocated:
        return _("{car} is not allocated to an order; allocate it first")
    if car.hold is Hold.DAMAGE:
        return _("{car} is on a damage hold; release it before the hand-over")
    return _("{car} still waits for its PDI; release it before the hand-over") if car.hold is Hold.PDI else ""


def _not_to_leave(car: Car) -> str:
    return _("{car} is allocated to a customer; free it first") if car.allocated else ""


_CHECKS: dict[str, Callable[[Car], str]] = {
    "handed_over": _not_to_hand_over,
    "test_drive": _not_to_leave,
    "transferred": _not_to_leave,
    "returned": _not_to_leave,
    "released": lambda car: "" if car.hold is not Hold.NO else _("{car} has no hold"),
    "back": lambda car: "" if car.placement is Placement.AWAY else _("{car} is not out of the house"),
}


def date_trouble(car: Car, today: date) -> str:
    """Why a car's days cannot be so, as a sentence; empty where they can."""
    for day, word in ((car.built_on, _("built")), (car.paid_on, _("paid"))):
        if day and day > today:
            return _("the day '{word}' {day} lies in the future").format(word=word, day=day)
    if car.left_on and car.arrived_on and car.left_on < car.arrived_on:
        return _("it left {left}, before it arrived {arrived}").format(left=car.left_on, arrived=car.arrived_on)
    if car.arrived_on and car.arrived_on > today:
        return _("the arrival {day} lies in the future; enter it as in transit").format(day=car.arrived_on)
    if car.built_on and car.arrived_on and car.arrived_on < car.built_on:
        return _("it arrived {arrived} before it was built {built}").format(arrived=car.arrived_on, built=car.built_on)
    if car.stock_state is not StockState.IN_TRANSIT and car.arrived_on is None:
        return _("a car in stock needs the day it arrived")
    return ""


def kinds_of(state: StockState, allocated: bool, place: Placement, hold: Hold) -> list[str]:
    """The counts of `counts` that a car of this state belongs to."""
    here = state is StockState.IN_STOCK
    on_hand = here and place is not Placement.TEST_DRIVE
    found = {
        "on_hand": on_hand, "free": on_hand and not allocated and hold is Hold.NO,
        "display": here and place is Placement.DISPLAY, "allocated": on_hand and allocated,
        "test_drive": here and place is Placement.TEST_DRIVE, "held": here and hold is not Hold.NO,
        "in_transit": state is StockState.IN_TRANSIT,
        "away": state is StockState.TRANSFERRED or (here and place is Placement.AWAY),
    }  # fmt: skip
    return [name for name, true in found.items() if true]


COUNTED = ("on_hand", "free", "display", "allocated", "test_drive", "held", "in_transit", "away")
"""What the stock is counted in."""


def counts(cars: Iterable[Car]) -> dict[str, int]:
    """The stock in numbers: on hand, free, display, allocated, test drives, held, in transit, away."""
    found = dict.fromkeys(COUNTED, 0)
    for car in cars:
        for name in kinds_of(car.stock_state, car.allocated, car.placement, car.hold):
            found[name] += 1
    return found
