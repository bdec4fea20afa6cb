"""What the command list offers for the rota: making it, the desk, checking, copying, publishing, papers and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from floorlead.rota import entry, making
from floorlead.widgets.page import Command
from floorlead.words import N_

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage


def commands(page: RotaPage) -> list[Command]:
    """The commands; each goes to the rota first."""

    def opens(dialog: str) -> Callable[[], None]:
        return lambda: page.desk.go_and_open(page.name, dialog)

    def here(act: Callable[[RotaPage], None]) -> Callable[[], None]:
        def run() -> None:
            if page.desk.page is not page:
                page.desk.go(page.name)
            act(page)

        return run

    return [
        *making.commands(page),
        Command(N_("Somebody leaves the post"), "tg tigang substitute", opens("substitute")),
        Command(N_("Who acts for the leader"), "dz daizuzhang acting", opens("acting")),
        Command(N_("Check the rota"), "jc jiancha check", opens("check"), "^E"),
        Command(N_("Copy last week's rota"), "fz fuzhi copy", here(entry.copy_week), "^D"),
        Command(N_("Draft the empty cells, no solver"), "cg caogao draft", here(entry.draft)),
        Command(N_("Publish the rota shown"), "fb fabu publish", here(entry.publish)),
        Command(N_("Print the rota"), "dy dayin print paiban", opens("print")),
        Command(N_("Rota into files, chat text"), "dc daochu wj wenjian export ics csv chat", opens("files")),
        Command(N_("Read a rota in (CSV, XLSX)"), "dr daoru import rota", opens("rota_import")),
    ]  # fmt: skip
