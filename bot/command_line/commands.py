"""The command line: parses, calls, prints. A mistake of the operator prints a line or two, never a traceback."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import aiohttp
import discord
import typer
from rich.console import Console

from bot import logs, program
from bot.backups.making import audit, back_up, backup_name
from bot.backups.restoring import restore
from bot.command_line import personal_data as personal
from bot.faults import OperatorFault, explain, shown_url
from bot.health.monitoring import ask_health
from bot.settings import Settings, SettingsFault, read_settings
from bot.stores import missing_file
from deliberation.record import Head, HeadUnreadable, read_head
from services.record import Fault, VerifyReport
from storage.errors import StorageError
from storage.schema import require_newest, upgrade

from .doctor import State, examine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Comity: a Discord bot with which a community works out its own rules of conduct, round by round.",
)
database = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(database, name="db")
person = typer.Typer(no_args_is_help=True, help="Hand out or erase what is kept about one Discord user.")
app.add_typer(person, name="person")

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
    logs.configure(settings)
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
    logs.configure(settings, level="warning" if settings.log_level == "info" else None)
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
    from bot.replay import replay_command

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


@database.command("backup")
def backup_database(
    file: Annotated[Path | None, typer.Argument(help="Where to; by default a new file in the backups' folder.")] = None,
) -> None:
    """Write all that is stored into one file and verify it, also while the bot runs and whichever the database is."""
    settings = _settings()
    file = file or settings.backup_folder / backup_name(datetime.now(UTC))
    report = _carry_out(back_up(settings.database_url, file), settings)
    typer.echo(f"{file}: {counted(report)}")
    _end_unless_sound(report)


@database.command("restore")
def restore_database(
    file: Annotated[Path, typer.Argument(help="A file that `comity db backup` or the bot itself wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where councils are there already; what is there is kept.")
    ] = False,
    disputed: Annotated[bool, typer.Option("--disputed", help="Also a backup whose record does not verify.")] = False,
) -> None:
    """Put a backup into the database named in COMITY_DATABASE_URL, SQLite or PostgreSQL. Stop the bot first."""
    settings = _settings()
    now, keep_in = datetime.now(UTC), settings.backup_folder
    work = restore(file, settings.database_url, replace=replace, disputed=disputed, keep_in=keep_in, now=now)
    report, kept = _carry_out(work, settings)
    if kept is not None:
        typer.echo(f"What was there before is kept as {kept}.")
    typer.echo(f"{shown_url(settings.database_url)}: {counted(report)}")
    _end_unless_sound(report)


_USER = Annotated[int, typer.Argument(help="The user's id on Discord.", min=1, max=2**63 - 1)]


@person.command("export")
def export_person(user: _USER) -> None:
    """Print everything kept about the user, as JSON: for who cannot use /privacy export."""
    settings = _settings()
    # The bytes are not a message of the program: they are written as they are.
    typer.echo(_carry_out(personal.export_person(settings, user), settings).encode())


@person.command("erase")
def erase_person(
    user: _USER,
    words: Annotated[bool, typer.Option("--words", help="Take the words from the user's reasons, too.")] = False,
) -> None:
    """Replace the user by a pseudonym everywhere, as /privacy erase does. It cannot be undone."""
    settings = _settings()
    typer.echo(_carry_out(personal.erase_person(settings, user, words=words), settings))


@app.command()
def verify(
    head: Annotated[
        list[str] | None,
        typer.Option(help="A head that somebody kept, as a result shows it (INDEX:DIGEST). Repeat it for several."),
    ] = None,
) -> None:
    """Recompute the record's chain and every ruling from the database, and name whatever disagrees."""
    settings = _settings()
    report: VerifyReport = _carry_out(_verify(settings, [_head(each) for each in head or ()]), settings)
    for fault in report.faults:
        typer.echo(fault_line(fault))
    if report.more:
        typer.echo(f"... and {report.more} more.")
    for kept, whose in report.kept.items():
        if whose:
            typer.echo(f"{kept.written}: stands in {whose}.")
    typer.echo(counted(report))
    if report.register is not None:
        typer.echo(f"The register of all councils: {report.register.written}")
    _end_unless_sound(report)


@app.command()
def doctor() -> None:
    """Look at settings, database, clock, backups, token and permissions: a line for each, and what to do."""
    settings = _settings()
    if State.FAILED in _carry_out(_examined(settings), settings):
        raise typer.Exit(1)


async def _examined(settings: Settings) -> list[State]:
    states: list[State] = []
    async for finding in examine(settings):
        typer.echo(f"{finding.state:<8} {finding.subject}: {' '.join(finding.told.split())}")
        states.append(finding.state)
    return states


@app.command()
def healthcheck() -> None:
    """Succeed if the bot at COMITY_METRICS is connected, can write to its database and carries out what is due."""
    settings = _settings()
    wrong: str | None = _carry_out(ask_health(settings), settings)
    if wrong is not None:
        _fail(wrong)


def counted(report: VerifyReport) -> str:
    """How much was recomputed, and with what result."""
    found = report.differences
    return (
        f"{report.councils} councils, {report.entries} entries of the record, {report.ballots} ballots and "
        f"{report.rulings} rulings recomputed: {found or 'no'} {'difference' if found == 1 else 'differences'}."
    )


def _end_unless_sound(report: VerifyReport) -> None:
    if not report.sound:
        raise typer.Exit(1)


def fault_line(fault: Fault) -> str:
    """One line that says what disagrees and where."""
    where = ", ".join(f"{name} {number}" for name, number in fault.where.items())
    return f"{fault.council}: {fault.what} ({where}): expected {fault.expected}, found {fault.found}"


def _head(given: str) -> Head:
    try:
        return read_head(given)
    except HeadUnreadable:
        _fail(f"{given} is no head: copy it whole from a result, /order verify or comity verify, as 12:5f0c...")


async def _verify(settings: Settings, heads: Sequence[Head]) -> VerifyReport:
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise OperatorFault(f"There is no database at {missing}: name it in COMITY_DATABASE_URL.")
    await require_newest(settings.database_url)
    return await audit(settings.database_url, heads)


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
    """Run `work`. What the operator can mend ends the program with its explanation; a defect of the program, with its
    traceback."""
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
