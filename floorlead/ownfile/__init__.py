"""The showroom's own settings files beside its store: the one place that reads them, whatever lies under their names.

A file that cannot be used never stops a start or a page: the shipped one counts for that part, and the file, the line
and the reason are told on the app's line and by `doctor`.
"""

from __future__ import annotations

from floorlead.ownfile.reading import FILES, OwnFile, own_ones, tell_all, told, troubles
from floorlead.ownfile.shape import Shape, Wrong

__all__ = ["FILES", "OwnFile", "Shape", "Wrong", "own_ones", "tell_all", "told", "troubles"]
