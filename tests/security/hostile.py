"""What a hostile client may send: any command, button, menu or form, with any id, option and text, as any member, at
any moment. Hypothesis makes it up, and shrinks what goes wrong to the few steps that matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from cogs.custom_ids import kinds
from cogs.custom_ids.ballots import CastBallot, DebateReasonForm, OpenDocket, PickIssue, ReasonForm, WithdrawBallot
from cogs.custom_ids.grammar import NUMBER, CustomId
from cogs.custom_ids.issues import SecondIssue
from cogs.custom_ids.rounds import AnswerRollCall
from cogs.custom_ids.seats import TakeSeat
from deliberation.rules.changes import GROUPS
from tests.security.access import State
from tests.security.wire import Wire

SNOWFLAKE = "666000666000666000"
"""In every mention and link below, so that one that took effect is known from the bot's own."""

PIECES = (
    "@everyone", "@here", f"<@{SNOWFLAKE}>", f"<@!{SNOWFLAKE}>", f"<@&{SNOWFLAKE}>", f"<#{SNOWFLAKE}>",
    f"</council setup:{SNOWFLAKE}>", f"<:evil:{SNOWFLAKE}>", f"<a:evil:{SNOWFLAKE}>", "<t:666000666:R>",
    "<id:customize>", "https://evil.example/x", "[see](https://evil.example)", "<https://evil.example>",
    "[**see**](<https://evil.example> 'title')", "HTTPS://EVIL.EXAMPLE", "discord://evil.example",
    "evil@evil.example", "**BOLDED**", "__UNDERLINED__", "~~STRUCK~~", "||SPOILED||", "`CODED`",
    "```\nFENCED\n```", "*SLANTED*", "_SLOPED_", "\n# HOSTILE", "\n### HOSTILE", "\n-# HOSTILE", "\n> HOSTILE",
    "\n>>> HOSTILE", "\n- HOSTILE", "\n* HOSTILE", "\n1. HOSTILE", "\n   - HOSTILE", "\\", "\\\\", "\\*",
    ":smile:", "☃️", "👨‍👩‍👧‍👦", "🇫🇷", "e" + "\u0301" * 40, "\u200b", "\u200d", "\ufeff", "\u202e", "\u2066",
    "\u2069", "\u2068\u2068", "\u061c", "\u3164", "\x00", "\x1b[31m", "\x07", "\r", "\ud83d", "\udc00",
    "\U000e0041", "\u2028", "حظر التعذيب", "עברית", "漢字", "ﷺ" * 9, "{name}", "{0}", "%s", "%(x)s", "%n", "${x}",
    "{{", "}", "'; DROP TABLE seats; --", '" OR 1=1', '{"a": 1}', "null", "NaN", "=1+1", "-1", "0", "1e999",
    "9" * 30, "\n" * 30, "\t", " ", "a" * 200, "<", ">", "|", "~", "#", "@", "é", "İ", "ß", "\u00a0",
)  # fmt: skip
PLAUSIBLE = (
    "1", "2", "3", "#4", "5", "1, 2", "8", "12", "Qz Torture", "Qz France", "Qz Ghana", "Qz Proxy",
    "Whatever is done there", "3d", "1h", "0", "every Monday 18:00", "every day 00:00", "off", "UTC",
    "Europe/Berlin", "2/3", "> 1/2 of voting", ">= 3/5 of entitled seats", "yes", "no", "open", "sealed",
    "secret", "none", "FR", "p5", "meta-regime", "p5", "en", "name,members\nQz Imported,",
    "name,weight\nQz A,3\nQz B,x", "discord", "mention", "1d, 1h", "24h 1h",
)  # fmt: skip

POOL = 14
"""How many people take part: see `run.PEOPLE`."""


BUSY = (1, 3, 5, 8, 8, 9, 9, 9)
"""Those of them who may do something, so that not everything is refused at the door."""


@dataclass(frozen=True, repr=False)
class Act:
    """One thing that is done. `kind`: "command", "typing", "tap", "real" (a tap on what is shown), "form", "time", or
    "nothing", for which Hypothesis leaves out what does not matter."""

    kind: str
    person: int
    place: int
    name: str = ""
    custom_id: str = ""
    given: Mapping[str, Any] | None = None
    values: tuple[str, ...] | None = None
    which: int = 0
    passing: timedelta = timedelta(0)

    def __repr__(self) -> str:
        told = [f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if self._tells(each.name)]
        return f"Act({', '.join(told)})"

    def _tells(self, name: str) -> bool:
        return name in ("kind", "person", "place") or bool(getattr(self, name))


def texts() -> st.SearchStrategy[str]:
    """Hostile ones, plausible ones, and both within each other."""
    pieces = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=6).map("".join)
    long = st.tuples(st.sampled_from(PIECES), st.integers(2, 900)).map(lambda pair: (pair[0] * pair[1])[:4_000])
    mixed = st.tuples(st.sampled_from(PLAUSIBLE), st.sampled_from(PIECES)).map("".join)
    return st.one_of(st.sampled_from(PLAUSIBLE), pieces, mixed, long, st.just(""))


def numbers() -> st.SearchStrategy[int]:
    """Those of the few councils, rounds, issues and seats there are, most of the time."""
    huge = (0, 99, 2**31, 2**53, 10**18 - 1, 666_000_666_000_666_000)
    return st.sampled_from((*range(1, 15), *range(1, 7), 1, 3, 3, 3, 3, *huge))


VOTING: tuple[type[CustomId], ...] = (
    CastBallot,
    ReasonForm,
    WithdrawBallot,
    OpenDocket,
    PickIssue,
    TakeSeat,
    DebateReasonForm,
    SecondIssue,
    AnswerRollCall,
)
"""What is tried more often than the rest."""


def custom_ids() -> st.SearchStrategy[str]:
    """Of every kind, well made most of the time."""
    good = st.sampled_from((*kinds(), *VOTING, *VOTING)).flatmap(_of_kind)
    number = st.sampled_from(("-1", str(2**63), str(2**64), "٣", "1e3", "", " 1", "0" * 30, "x"))
    bent = st.tuples(good, number, st.integers(1, 6)).map(_bent)
    cut = st.tuples(good, st.integers(0, 30)).map(lambda pair: pair[0][: -pair[1]] if pair[1] else pair[0] + ":1")
    other = good.map(lambda custom_id: custom_id.replace("cmt:1", "cmt:0"))
    junk = st.one_of(st.text(min_size=1, max_size=40), st.sampled_from(PIECES)).map(lambda text: f"cmt:{text}"[:100])
    makings = (good, good, good, good, good, good, good, bent, cut, other, junk)
    return st.integers(0, len(makings) - 1).flatmap(makings.__getitem__).filter(bool)


def _of_kind(kind: type[CustomId]) -> st.SearchStrategy[str]:
    made: dict[str, st.SearchStrategy[Any]] = {}
    for field in kind.fields:
        if field.optional:
            made[field.name] = st.one_of(st.none(), numbers())
        elif field.written.expression == NUMBER:
            made[field.name] = st.integers(1, 2) if field.name == "version" else numbers()
        else:
            made[field.name] = st.sampled_from(field.written.words or ("p5", "un", "eu", "x", "1"))
    return st.fixed_dictionaries(made).map(lambda values: _built(kind, values))


def _built(kind: type[CustomId], values: dict[str, Any]) -> str:
    try:
        return str(kind(**values))
    except ValueError:
        return f"cmt:1:{kind.noun}:1"


def _bent(parts: tuple[str, str, int]) -> str:
    custom_id, number, place = parts
    fields = custom_id.split(":")
    fields[min(2 + place, len(fields) - 1)] = number
    return ":".join(fields)[:100]


FIELDS = (
    *("title", "action", "why", "reason", "seating", "name", "length", "preset", "voters", "chairs", "what"),
    *dict.fromkeys(setting for group in GROUPS.values() for setting in group),
)


def forms() -> st.SearchStrategy[Any]:
    """What a form may bring: fields that it has and others, texts where choices belong and choices where texts do."""
    choices = st.lists(texts(), max_size=2)
    usual = st.fixed_dictionaries({name: texts() for name in FIELDS[:5]})
    any_field = st.dictionaries(st.sampled_from(FIELDS), st.one_of(texts(), texts(), choices), max_size=6)
    whole = st.fixed_dictionaries({name: texts() for name in FIELDS[:8]} | {"voters": choices, "chairs": choices})
    return st.one_of(usual, usual, any_field, whole)


def acts(wire: Wire) -> st.SearchStrategy[Act]:
    """One act, with the commands that the bot has published."""
    place = st.sampled_from((0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5))
    who = {"person": st.sampled_from((*range(POOL), *BUSY)), "place": place}
    tapped = st.builds(
        Act,
        kind=st.just("tap"),
        custom_id=custom_ids(),
        values=st.one_of(st.none(), st.none(), st.lists(texts() | numbers().map(str), max_size=2).map(tuple)),
        which=st.integers(0, 3),
        **who,
    )
    real = st.builds(Act, kind=st.just("real"), which=st.integers(0, 10_000), **who)
    sent = st.builds(Act, kind=st.just("form"), custom_id=custom_ids(), given=forms(), **who)
    made = [kind for kind in (*kinds(), *VOTING) if kind.noun.endswith("-form")]
    aimed = st.builds(
        Act, kind=st.just("form"), custom_id=st.sampled_from(made).flatmap(_of_kind), given=forms(), **who
    )
    passing = st.sampled_from(
        (timedelta(0), timedelta(minutes=2), timedelta(hours=2), timedelta(days=1), timedelta(days=4))
    )
    time = st.builds(Act, kind=st.just("time"), passing=passing, **who)
    commands = st.sampled_from(leaves(wire)).flatmap(lambda leaf: _command(*leaf, who))
    shares = {commands: 30, tapped: 22, real: 25, aimed: 16, sent: 4, time: 3}
    weighed = [kind for kind, share in shares.items() for _ in range(share)]
    return st.integers(0, len(weighed)).flatmap(lambda number: weighed[number - 1] if number else _NOTHING)


_NOTHING = st.just(Act("nothing", 0, 0))


def leaves(wire: Wire) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every command that can be used, with its options."""
    found: list[tuple[str, list[dict[str, Any]]]] = []
    for command in wire.commands:
        groups = [option for option in command.get("options", ()) if option["type"] in (1, 2)]
        if not groups:
            found.append((command["name"], command.get("options", [])))
        found += [(f"{command['name']} {leaf['name']}", leaf.get("options", [])) for leaf in groups]
    return found


def _command(name: str, options: list[dict[str, Any]], who: dict[str, Any]) -> st.SearchStrategy[Act]:
    required = {option["name"]: _option(option) for option in options if option.get("required")}
    optional = {option["name"]: _option(option) for option in options if not option.get("required")}
    given = st.fixed_dictionaries(required, optional=optional)
    used = st.builds(Act, kind=st.just("command"), name=st.just(name), given=given, **who)
    typed = [option["name"] for option in options if option.get("autocomplete")]
    if not typed:
        return used
    one = st.sampled_from(typed).flatmap(lambda option: st.fixed_dictionaries({option: texts()}))
    return st.one_of(used, used, st.builds(Act, kind=st.just("typing"), name=st.just(name), given=one, **who))


def _option(option: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of the option's type, which Discord sees to; now and then not one of its choices."""
    match option["type"]:
        case 3 if option.get("choices"):
            chosen = [choice["value"] for choice in option["choices"]]
            return st.one_of(st.sampled_from(chosen), st.sampled_from(chosen), texts())
        case 3:
            return texts()
        case 4:
            least, most = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
            return st.one_of(st.integers(least, most), st.sampled_from((least, most)))
        case 5:
            return st.booleans()
        case 6:
            return st.integers(0, POOL - 1).map(lambda person: ("person", person))
        case 8:
            return st.integers(0, 3).map(lambda role: ("role", role))
        case 11:
            return st.one_of(texts().map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=40)).map(
                lambda data: ("file", data)
            )
    raise NotImplementedError(option)


def scenes(wire: Wire, *, length: int) -> st.SearchStrategy[tuple[State, list[Act]]]:
    """A state of the council and what is done in it."""
    return st.tuples(st.sampled_from(list(State)), st.lists(acts(wire), min_size=length, max_size=length))
