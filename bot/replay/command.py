"""The command itself: reads the file, plays its rounds, prints what was decided."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.faults import OperatorFault
from deliberation.rules import Rules
from storage import StorageError

from .choices import reading_of, rules_of
from .playing import ReplayedRound, play_all
from .printing import FORMS
from .votes import RecordedRound, read_votes


def replay_command(file: Path, *, preset: str, form: str, mapping: str) -> None:
    """Print how the recorded votes of `file` would have moved its issues, in one of `FORMS`.

    Raises OperatorFault for a preset, a mapping or a file that cannot be used; then nothing has been printed.
    """
    rules = rules_of(preset)
    rounds = read_votes(file, reading_of(mapping))
    printed = FORMS[form](_play(rounds, rules))
    # A pipe may have another encoding; what programs read is UTF-8 everywhere.
    encoding = sys.stdout.encoding if form == "table" else "utf-8"
    typer.echo(printed.encode(encoding, errors="replace"), nl=False)


def _play(rounds: Sequence[RecordedRound], rules: Rules) -> tuple[ReplayedRound, ...]:
    with _progress() as progress:
        task = progress.add_task("Replaying votes", total=sum(len(recorded.votes) for recorded in rounds))
        try:
            return asyncio.run(play_all(rounds, rules, advance=lambda votes: progress.advance(task, votes)))
        except (StorageError, OSError) as error:
            raise OperatorFault(f"The temporary folder cannot hold the replay's database: {error}") from error


def _progress() -> Progress:
    """A progress bar on stderr, which disappears when it is done; none where stderr is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
