"""What an error that nobody foresaw means: rows that cannot be turned into records are damage, not a fault of the program.

Nothing reads defensively row by row; where such an error ends a command or the app, the file itself is asked.
"""

from __future__ import annotations

from pathlib import Path

from floorlead.store import file
from floorlead.store.errors import SQLITE, Damaged, Refused, told
from floorlead.store.verify import verify
from floorlead.words import _


def explained(path: Path, error: Exception) -> Refused | None:
    """What the user is told of an error: the file is damaged, locked, ...; None where the file is sound."""
    if isinstance(error, SQLITE) and not isinstance(refused := told(error), Damaged):
        return refused
    try:
        findings = verify(path).findings if file.looked_at(path) else []
    except Refused as refused:
        return refused
    except OSError:
        return None
    return damaged(findings[0].sentence) if findings else None


def damaged(reason: str) -> Damaged:
    """The refusal of a file that is not as it was entered."""
    sentence = _("The file is damaged ({reason}); it is kept as it is, restore a backup")
    return Damaged("E13", sentence.format(reason=reason))
