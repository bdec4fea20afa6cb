"""The command line: thin commands over the same functions the pages use, each with JSON where it prints data.

Exit codes: 0 done, 1 refused (nothing changed), 2 wrong use. Every command tells itself in both languages.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from floorlead import __version__, words
from floorlead.entry import Options

COMMANDS = {
    "demo": "floorlead.commands.setup:demo",
    "init": "floorlead.commands.setup:init",
    "import": "floorlead.commands.setup:import_",
    "export": "floorlead.commands.exchange:export",
    "card": "floorlead.commands.papers:card",
    "cars": "floorlead.commands.cars:cars",
    "report": "floorlead.commands.papers:report",
    "ageing": "floorlead.commands.ageing:ageing",
    "advice": "floorlead.commands.advice:advice",
    "stocktake": "floorlead.commands.stocktake:stocktake",
    "rota": "floorlead.commands.rota:rota",
    "queue": "floorlead.commands.queue:queue",
    "duty": "floorlead.commands.duty:duty",
    "leave": "floorlead.commands.leave:leave",
    "log": "floorlead.commands.log:log",
    "kpi": "floorlead.commands.kpi:kpi",
    "appraisal": "floorlead.commands.kpi:appraisal",
    "targets": "floorlead.commands.targets:targets",
    "visits": "floorlead.commands.customers:visits",
    "customers": "floorlead.commands.customers:customers",
    "followups": "floorlead.commands.customers:followups",
    "form": "floorlead.commands.customers:form",
    "seal": "floorlead.commands.papers:seal",
    "reopen": "floorlead.commands.papers:reopen",
    "print": "floorlead.commands.papers:print_",
    "history": "floorlead.commands.trust:history",
    "undo": "floorlead.commands.trust:undo",
    "verify": "floorlead.commands.trust:verify",
    "backup": "floorlead.commands.trust:backup",
    "restore": "floorlead.commands.trust:restore",
    "salvage": "floorlead.commands.salvage:command",
    "doctor": "floorlead.commands.trust:doctor",
    "purge": "floorlead.commands.access:purge",
    "who-saw": "floorlead.commands.access:who_saw",
    "keys": "floorlead.commands.setup:keys",
    "completion": "floorlead.commands.completion:completion",
}
"""Every subcommand and where it lives; only the one that is asked for is loaded."""


class Lazy(click.Group):
    """A group that loads a command when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        if name not in COMMANDS:
            return None
        module, _sep, attribute = COMMANDS[name].partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run, and turn what is refused into one sentence and exit code 1; once something is changed it is a warning."""
        from floorlead import streams
        from floorlead.commands.work import WrongUse, finish
        from floorlead.store import Refused, aftermath

        aftermath.begin()
        try:
            return super().invoke(ctx)
        except WrongUse as error:
            raise click.UsageError(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except SystemExit as leaving:
            if leaving.code == 1:
                streams.tell_before_refusing()
            raise
        except (Refused, OSError) as error:
            sys.exit(streams.ended(error))
        except Exception as error:
            from floorlead.store.damage import explained

            if (found := explained(ctx.obj.path, error)) is None:
                raise
            sys.exit(streams.ended(found))
        finally:
            finish()
            aftermath.end()
            streams.tell_warnings()


@click.group(cls=Lazy, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", type=click.Path(path_type=Path), help="The showroom's file (FLOORLEAD_STORE). 展厅的数据文件")
@click.option("--lang", type=click.Choice(words.LANGUAGES), help="Language. 语言")
@click.option("--now", help="Stop the clock at this ISO time (FLOORLEAD_NOW). 把时钟停在这一刻")
@click.option("--mono", is_flag=True, help="No colour. 不用颜色")
@click.version_option(__version__, prog_name="floorlead")
@click.pass_context
def cli(ctx: click.Context, store: Path | None, lang: str | None, now: str | None, mono: bool) -> None:
    """floorlead, the showroom floor leader's day. Without a command the app opens. `floorlead completion bash` (zsh, fish)
    completes these words in the shell.

    展厅组长的一天。不带命令时打开程序。命令补全: floorlead completion bash (zsh、fish)。
    """
    ctx.obj = Options(str(store or ""), lang or "", now or "", mono)
    words.use(lang or words.from_locale())
    if ctx.invoked_subcommand is None:
        from floorlead.entry import run_app

        sys.exit(run_app(ctx.obj))
