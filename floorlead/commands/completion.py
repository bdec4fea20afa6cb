"""`completion`: what a shell reads to complete floorlead's words; neither it nor completing ever opens a showroom's file."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from floorlead.commands.work import out
from floorlead.entry import COMPLETING

SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command(short_help="Completion for bash, zsh, fish. 命令补全")
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what the shell reads to complete commands, options and files. 输出命令补全脚本。

    \b
    bash: floorlead completion bash > ~/.local/share/bash-completion/completions/floorlead
    zsh:  floorlead completion zsh > ~/.zfunc/_floorlead   (~/.zfunc stands in fpath, before compinit)
    fish: floorlead completion fish > ~/.config/fish/completions/floorlead.fish
    """
    made = SHELLS[shell](ctx.find_root().command, {}, "floorlead", COMPLETING)
    out(made.source_template % made.source_vars() + "\n", None)
