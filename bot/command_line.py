"""The command line: parses, calls, prints. What an operator did wrong costs a line or two, never a traceback."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import aiohttp
import discord
import typer
from rich.console import Console

from services import Services
from services.views import Fault, VerifyReport
from storage.database import Database
from storage.errors import StorageError
from storage.schema import require_newest, upgrade

from . import heartbeat, logs, program
from .faults import OperatorFault, explain, shown_url
from .opening import missing_file
from .settings import Settings, SettingsFault, read_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Comity: a Discord bot with which a community works out its own rules of conduct, round by round.",
)
database = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(database, name="db")

OPERATORS_FAULTS = (OperatorFault, StorageError, discord.DiscordException, aiohttp.ClientError)


Answer = TypeVar("Answer")


class Format(StrEnum):
    """How a replay is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command()
def run() -> None:
    """Connect to Discord and serve until told to stop. Needs DISCORD_TOKEN."""
    settings = _settings()
    logs.configure(settings.log_level)
    _carry_out(program.run(settings), settings, loop_factory=program.quick_loop())


@app.command()
def rehearse(
    council: Annotated[
        str,
        typer.Option(help="Which council: assembly, security-council (with vetoes) or eu (by population)."),
    ] = "assembly",
    port: Annotated[int, typer.Option(help="The page's port on this machine.", min=0, max=65535)] = 8790,
    database: Annotated[str | None, typer.Option(help="A database to keep; without it, a temporary one.")] = None,
    speed: Annotated[float, typer.Option(help="How many times faster than life the council's clock runs.", min=0)] = 1,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = False,
) -> None:
    """Try Comity in the browser: a simulated Discord, a council of delegations, no account."""
    try:
        from rehearsal import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "simcord":
            raise
        _fail("The rehearsal needs the package simcord: pip install 'comity[rehearsal]'")
    settings = _settings() if database is None else _settings(database_url=database)
    logs.configure("warning" if settings.log_level == "info" else settings.log_level)
    url = None if database is None else settings.database_url
    _carry_out(serve(council=council, port=port, database_url=url, speed=speed, open_page=open_page), settings)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="Recorded votes: a CSV with issue, year, date, country, vote.")],
    preset: Annotated[str, typer.Option(help="The rules to rule by.")] = "meta-regime",
    form: Annotated[Format, typer.Option("--format", help="How to print the rounds.")] = Format.TABLE,
    mapping: Annotated[
        str, typer.Option("--map", help="What each recorded vote counts as.")
    ] = "yes=prohibited,abstain=adjustment,no=independent",
) -> None:
    """Run recorded votes through the procedure, and print how each issue would have moved."""
    from .replay import replay_command

    try:
        replay_command(file, preset=preset, form=form.value, mapping=mapping)
    except OperatorFault as fault:
        _fail(str(fault))


@database.command("upgrade")
def upgrade_database() -> None:
    """Create the database, or bring it up to this version."""
    settings = _settings()
    _carry_out(upgrade(settings.database_url), settings)
    typer.echo(f"The database {shown_url(settings.database_url)} is up to date.")


@app.command()
def verify() -> None:
    """Recompute the record's chain and every ruling from the database, and name whatever disagrees."""
    settings = _settings()
    report: VerifyReport = _carry_out(_verify(settings), settings)
    for fault in report.faults:
        typer.echo(fault_line(fault))
    found = len(report.faults)
    typer.echo(
        f"{report.councils} councils, {report.entries} entries of the record, {report.ballots} ballots and "
        f"{report.rulings} rulings recomputed: {found or 'no'} {'difference' if found == 1 else 'differences'}."
    )
    if not report.sound:
        raise typer.Exit(1)


@app.command()
def healthcheck() -> None:
    """Succeed if a bot with these settings was alive within the last minute and a half."""
    settings = _settings()
    if not heartbeat.is_alive(settings.heartbeat, now=time.time()):
        _fail(f"No sign of life in {settings.heartbeat} within {heartbeat.FRESH.seconds} seconds.")


def fault_line(fault: Fault) -> str:
    """One line that names what disagrees and where."""
    where = ", ".join(f"{name} {number}" for name, number in fault.where.items())
    return f"{fault.council}: {fault.what} ({where}): expected {fault.expected}, found {fault.found}"


async def _verify(settings: Settings) -> VerifyReport:
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise OperatorFault(f"There is no database at {missing}: name it in COMITY_DATABASE_URL.")
    await require_newest(settings.database_url)
    store = Database(settings.database_url)
    try:
        return await Services.over(store).audit.verify()
    finally:
        await store.dispose()


def _settings(**chosen: Any) -> Settings:
    try:
        return read_settings(**chosen)
    except SettingsFault as fault:
        _fail(*fault.lines)


def _carry_out(
    work: Coroutine[Any, Any, Answer],
    settings: Settings,
    *,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> Answer:
    """Run it; an operator's fault ends the program with its explanation, a defect of ours with its traceback."""
    try:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            return runner.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except OPERATORS_FAULTS as error:
        told = explain(error, settings)
        if told is None:
            raise
        _fail(told)


def _fail(*lines: str) -> NoReturn:
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for line in lines:
        console.print(line, markup=False)
    raise typer.Exit(1)


def main() -> None:
    """The entry point `comity`."""
    app()
