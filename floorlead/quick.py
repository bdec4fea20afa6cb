"""The commands that a scheduler runs, read by hand: `report` and `card` print without loading the command line.

Whatever is not plainly right is left to the command line, which knows how to tell what is wrong.
"""

from __future__ import annotations

from pathlib import Path

from floorlead.entry import Options, take_globals

FORMS = {"report": ("text", "chat", "json", "pdf"), "card": ("text", "json", "pdf")}
NAMES = {
    "--day": "day",
    "--format": "form",
    "-o": "output",
    "--output": "output",
    "--revision": "revision",
    "--list": "list",
}


def quick(arguments: list[str]) -> int | None:
    """Run `report` or `card` when the words are plain; None leaves them to the command line."""
    options, rest = take_globals(arguments)
    if options is None or not rest or rest[0] not in FORMS:
        return None
    values = _values(rest[1:])
    if values is None or not _plain(rest[0], values):
        return None
    return _run(rest[0], options, values)


def _values(rest: list[str]) -> dict[str, list[str]] | None:
    """Each option's values; None when a word is no known option with a value."""
    found: dict[str, list[str]] = {}
    words = list(rest)
    while words:
        name, sep, value = words.pop(0).partition("=")
        if name not in NAMES or not (sep or words):
            return None
        found.setdefault(NAMES[name], []).append(value if sep else words.pop(0))
    return found


def _plain(command: str, values: dict[str, list[str]]) -> bool:
    once = all(len(found) == 1 for name, found in values.items() if name != "list")
    form = values.get("form", ["text"])[0] in FORMS[command]
    revision = values.get("revision", ["1"])[0]
    right = "list" not in values if command == "report" else "revision" not in values
    return once and form and right and revision.isascii() and revision.isdigit() and int(revision) > 0


def _run(command: str, options: Options, values: dict[str, list[str]]) -> int | None:
    from floorlead import streams, words
    from floorlead.commands import work
    from floorlead.outputs import Output
    from floorlead.store import Refused

    words.use(options.lang or words.from_locale())
    day, form = values.get("day", [""])[0] or None, values.get("form", ["text"])[0]
    named = values.get("output", ["-"])[0]
    output = Output(Path(named), options.path) if named != "-" else None
    try:
        if output:
            output.check()
        if command == "card":
            work.make_card(options, day, values.get("list", ()), form, output)
        else:
            work.make_report(options, day, int(values["revision"][0]) if "revision" in values else None, form, output)
    except work.WrongUse:
        return None
    except (Refused, OSError) as error:
        return streams.ended(error)
    except Exception:
        return None  # the command line does it again and knows how to tell what is wrong with the file
    finally:
        streams.tell_warnings()
    return 0
