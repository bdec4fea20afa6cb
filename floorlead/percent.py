"""A part of a whole in whole percent: exact, half up, the same wherever it is shown.

100 % stands only where the whole is reached, 0 % only where there is nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_FINEST = 10**7
"""Parts up to which a fraction that came as a machine's number is taken for the one that was meant."""


def percent(part: float, whole: float = 1) -> int:
    """How many percent `part` is of `whole`, which is above 0; `percent(0.29)` is 29."""
    exact, of = 100 * _meant(part), _meant(whole)
    found = int((2 * exact + of) // (2 * of))
    if found == 100 and exact < 100 * of:
        return 99
    return found or (exact > 0) - (exact < 0)


def in_percent(part: float | None, whole: float = 1, none: str = "-") -> str:
    """The same as text, `63%`; `none` where there is no whole or nothing is known."""
    return none if part is None or whole <= 0 else f"{percent(part, whole)}%"


def as_set(fraction: float) -> str:
    """A share as somebody set it, with its decimals: 33.3."""
    return f"{float(100 * _meant(fraction)):g}"


def _meant(number: float) -> Fraction | int:
    if isinstance(number, int):
        return number
    from fractions import Fraction

    return Fraction(number).limit_denominator(_FINEST)
