"""The record's chain: anybody can recompute it, and no single change goes unseen."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.ids import CouncilId
from deliberation.record import (
    Entry,
    EntryKind,
    Event,
    Head,
    append_all,
    canonical,
    commit,
    genesis,
    instant_text,
    opens,
)
from deliberation.record._chain import Fault, append, verify

COUNCIL = CouncilId(7)
START = datetime(2026, 1, 5, 18, tzinfo=UTC)
SALT = bytes(range(16))
KIND, OTHER = cast(EntryKind, "ballot"), cast(EntryKind, "forged")
"""The chain holds whatever its entries tell."""


def chain(length: int = 6) -> tuple[Entry, ...]:
    events = [
        Event(START + timedelta(minutes=n), KIND, {"seat": n, "position": "prohibited", "issues": [1, 2]})
        for n in range(length)
    ]
    return append_all(Head(0, genesis(COUNCIL)), council=COUNCIL, events=events)


def rehashed(entry: Entry, **changes: object) -> Entry:
    """The entry as a forger would leave it: changed, with a digest that fits."""
    changed = replace(entry, **changes)
    return append(
        changed.previous,
        council=COUNCIL,
        index=changed.index,
        at=changed.at,
        kind=changed.kind,
        data=changed.data,
    )


def test_an_outsider_recomputes_an_entry_from_the_published_format() -> None:
    head = sha256(b'{"council":7,"format":"comity-record/1"}').hexdigest()
    entry = append(
        head,
        council=COUNCIL,
        index=1,
        at=datetime(2026, 1, 5, 19, 30, tzinfo=timezone(timedelta(hours=1))),
        kind="ruling",
        data={"ruling": "promoted", "issue": 3, "note": 'caf\u00e9 "\n\x1f\u2028\U0001f5f3', "final": True, "by": None},
    )
    text = (
        '{"at":"2026-01-05T18:30:00.000000Z","council":7,'
        '"data":{"by":null,"final":true,"issue":3,'
        '"note":"caf\u00e9 \\"\\n\\u001f\u2028\U0001f5f3","ruling":"promoted"},'
        f'"format":"comity-record/1","index":1,"kind":"ruling","previous":"{head}"}}'
    )
    assert entry.digest == sha256(text.encode()).hexdigest()


def test_the_format_never_changes() -> None:
    assert genesis(COUNCIL) == "bb94cfc164f4982c3b659c2af257d5ae4303e4063089cc54c287a888aca9b839"
    assert [entry.digest for entry in chain(2)] == [
        "69e538183d8a8d3ebd04ba2614d6bd81b3c44ed42cff31efbb510ad9ab45df30",
        "1b398e53ceaac2dddfe369161040d779810e723eccb992631e926d58238ef6ed",
    ]
    assert commit(SALT, "person 1", "person") == "00178c435a89fc8496efa92d36251f27093dd85935e00c38acd798d2fd985216"


def test_each_council_has_a_chain_of_its_own() -> None:
    assert genesis(COUNCIL) != genesis(CouncilId(8))
    assert verify(chain(1), CouncilId(8)) == (Fault(1, "altered"),)


def test_a_batch_makes_the_same_entries_as_one_after_the_other() -> None:
    whole = chain(6)
    first = chain(2)
    events = [Event(entry.at, KIND, entry.data) for entry in whole[2:]]
    assert first + append_all(first[-1].head, council=COUNCIL, events=events) == whole
    assert append_all(whole[-1].head, council=COUNCIL, events=[]) == ()


def test_an_untouched_record_has_no_fault() -> None:
    entries = chain()
    assert verify(entries, COUNCIL) == ()
    assert verify(iter(entries), COUNCIL, end=entries[-1].head, published=[e.head for e in entries]) == ()
    assert verify((), COUNCIL, end=Head(0, genesis(COUNCIL))) == ()


def test_a_record_read_back_from_json_has_no_fault() -> None:
    entries = chain(3)
    stored = [replace(entry, data=json.loads(json.dumps(entry.data))) for entry in entries]
    assert verify(stored, COUNCIL, end=entries[-1].head) == ()


CHANGES = [
    {"index": 1},
    {"index": 5},
    {"index": 10**12},
    {"index": -1},
    {"at": START - timedelta(microseconds=1)},
    {"at": START.replace(tzinfo=None)},
    {"kind": "ballots"},
    {"data": {"seat": 2, "position": "independent", "issues": [1, 2]}},
    {"data": {"seat": 2, "position": "prohibited", "issues": [2, 1]}},
    {"data": {"seat": "2", "position": "prohibited", "issues": [1, 2]}},
    {"data": {"seat": 2.0, "position": "prohibited", "issues": [1, 2]}},
    {"data": {}},
    {"previous": "0" * 64},
    {"digest": "0" * 64},
    {"previous": genesis(COUNCIL)},
]


@pytest.mark.parametrize(
    ("at", "change"),
    [(at, change) for at in (0, 2, 5) for change in CHANGES if replace(chain()[at], **change) != chain()[at]],
    ids=str,
)
def test_an_altered_entry_is_named_and_no_other(at: int, change: dict) -> None:
    entries = list(chain())
    end = entries[-1].head
    entries[at] = replace(entries[at], **change)
    assert verify(entries, COUNCIL, end=end) == (Fault(at + 1, "altered"),)


@pytest.mark.parametrize("at", range(6))
def test_an_altered_entry_whose_digest_was_made_to_fit_is_named(at: int) -> None:
    entries = list(chain())
    end = entries[-1].head
    entries[at] = rehashed(entries[at], data={"seat": at, "position": "abstain", "issues": [1, 2]})
    assert verify(entries, COUNCIL, end=end) == (Fault(at + 1, "altered"),)


@pytest.mark.parametrize("at", range(6))
def test_a_dropped_entry_is_named(at: int) -> None:
    entries = chain()
    left = entries[:at] + entries[at + 1 :]
    assert verify(left, COUNCIL, end=entries[-1].head) == (Fault(at + 1, "missing"),)


def test_a_gap_is_named_by_its_first_entry() -> None:
    entries = chain()
    assert verify(entries[3:], COUNCIL) == (Fault(1, "missing"),)
    assert verify(entries[:1] + entries[4:], COUNCIL) == (Fault(2, "missing"),)


def test_a_record_cut_short_is_seen_from_its_known_end_or_a_published_head() -> None:
    entries = chain()
    assert verify(entries[:4], COUNCIL) == ()
    assert verify(entries[:4], COUNCIL, end=entries[-1].head) == (Fault(5, "missing"),)
    assert verify(entries[:4], COUNCIL, published=[entries[5].head]) == (Fault(5, "missing"),)
    assert verify((), COUNCIL, end=entries[-1].head) == (Fault(1, "missing"),)


def test_entries_after_the_known_end_are_named() -> None:
    entries = chain()
    assert verify(entries, COUNCIL, end=entries[3].head) == (Fault(5, "surplus"),)


def test_a_swapped_entry_is_named() -> None:
    one, two, three, four, five, six = chain()
    assert verify((one, three, two, four, five, six), COUNCIL, end=six.head) == (Fault(2, "misplaced"),)
    assert verify((one, two, three, four, six, five), COUNCIL, end=six.head) == (Fault(5, "misplaced"),)


def test_an_entry_that_stands_twice_is_named() -> None:
    one, two, three = chain(3)
    assert verify((one, two, two, three), COUNCIL) == (Fault(2, "misplaced"),)


def test_a_record_made_anew_differs_from_a_published_head() -> None:
    entries = chain()
    forged = append_all(entries[1].head, council=COUNCIL, events=[Event(e.at, OTHER, e.data) for e in entries[2:]])
    anew = entries[:2] + forged
    assert verify(anew, COUNCIL) == ()
    assert verify(anew, COUNCIL, published=[entries[0].head, entries[3].head]) == (Fault(4, "altered"),)


def test_several_faults_are_all_named() -> None:
    one, two, _, four, five, six = chain()
    broken = (one, replace(two, kind="x"), four, replace(five, digest="1" * 64), six)
    assert verify(broken, COUNCIL, end=six.head) == (Fault(2, "altered"), Fault(3, "missing"), Fault(5, "altered"))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_", max_size=3), inner, max_size=3),
    max_leaves=6,
)
events = st.builds(
    Event,
    at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    kind=st.text("abcdefgh", min_size=1, max_size=5),
    data=st.dictionaries(st.text("abc_", max_size=3), json_values, max_size=3),
)


@settings(deadline=None)
@given(st.lists(events, min_size=1, max_size=8), st.data())
def test_any_single_change_is_found(happened: list[Event], data: st.DataObject) -> None:
    entries = append_all(Head(0, genesis(COUNCIL)), council=COUNCIL, events=happened)
    end = entries[-1].head
    at = data.draw(st.integers(0, len(entries) - 1))
    old = entries[at]
    other = data.draw(events)
    changes = [
        {"index": data.draw(st.integers(-10, 20).filter(lambda index: index != old.index))},
        {"kind": old.kind + other.kind},
        {"at": old.at + timedelta(microseconds=1)},
        {"data": {**old.data, "new": other.kind}},
        {"previous": sha256(old.previous.encode()).hexdigest()},
        {"digest": sha256(old.digest.encode()).hexdigest()},
    ]
    altered = replace(old, **data.draw(st.sampled_from(changes)))
    assert verify((*entries[:at], altered, *entries[at + 1 :]), COUNCIL, end=end) == (Fault(at + 1, "altered"),)
    assert verify(entries[:at] + entries[at + 1 :], COUNCIL, end=end) == (Fault(at + 1, "missing"),)
    shuffled = data.draw(st.permutations(entries))
    assert bool(verify(shuffled, COUNCIL, end=end)) == (tuple(shuffled) != entries)


@pytest.mark.parametrize("value", [0.5, float("nan"), START, b"x", {1: 2}, {"a": {1, 2}}, [object()]])
def test_what_has_no_canonical_text_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("value", [2**53, -(2**53), {"\u00e9": 1}, "\ud800"])
def test_what_another_language_could_read_otherwise_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"2\^53|ASCII|surrogate"):
        canonical(value)  # pyright: ignore[reportArgumentType]


def test_a_moment_is_written_in_utc_with_six_decimals() -> None:
    assert instant_text(datetime(2026, 1, 5, 19, tzinfo=timezone(timedelta(hours=1)))) == "2026-01-05T18:00:00.000000Z"
    with pytest.raises(ValueError, match="aware"):
        instant_text(START.replace(tzinfo=None))


def test_a_commitment_opens_with_its_salt_value_and_label_alone() -> None:
    sealed = commit(SALT, "We withdraw our tariffs.", "text")
    assert opens(sealed, SALT, "We withdraw our tariffs.", "text")
    assert not opens(sealed, SALT, "We keep our tariffs.", "text")
    assert not opens(sealed, SALT[::-1], "We withdraw our tariffs.", "text")
    assert not opens(sealed, SALT, "We withdraw our tariffs.", "person")


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        commit(b"short", "1", "person")
