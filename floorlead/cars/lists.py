"""Colours in English and the words to find a car by: made once for each model and colour, not for each car."""

from __future__ import annotations

from functools import lru_cache

from floorlead.cars.colours import colour_en as colour_en
from floorlead.cars.records import Car
from floorlead.finding import search_words
from floorlead.words import language


def colour_now(colour: str) -> str:
    """A colour in the language spoken now; the list is read only when English is."""
    return colour if language() == "zh" else colour_en(colour)


@lru_cache(2000)
def _words(model: str, name: str, name_en: str, colour: str, trim: str) -> str:
    """The whole names first; colour and trim by themselves find a car too, but only after those that begin so."""
    english = colour_en(colour)
    whole, _bar, later = search_words(f"{name}{colour}", f"{name_en} {english}", name, model).partition("|")
    rest = search_words(colour, trim).replace("|", " ")
    return f"{whole.strip()} | {later.strip()} {english} {rest}"


def words(car: Car) -> str:
    """The words to find the car's look by, as they are kept with it; needs the pinyin library."""
    return _words(car.model, car.model_name, car.model_name_en, car.colour, car.trim)


def search(car: Car) -> str:
    """The words by which a car is found: model, colour and trim in Han, pinyin and English, its spot and its VIN."""
    first, _bar, rest = (car.search or words(car)).partition("|")
    tails = " ".join(car.vin[-n:].lower() for n in (4, 5, 6, 7, 8, 17))
    return f"{first} {car.spot.lower()} {tails} |{rest}"
