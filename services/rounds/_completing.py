"""Closing a round as soon as every entitled seat has voted on everything, where its rules say so (PRODUCT §3)."""

from dataclasses import replace

from deliberation.ids import RoundId
from deliberation.record import EntryKind, Json
from deliberation.rounds import Round, RoundStatus
from services.ports import Store, UnitOfWork
from services.record import enter_one

from ._by_proxy import proxied_ballots
from ._settling import settle


async def close_if_complete(store: Store, round_id: RoundId) -> bool:
    """Close the round if its rules end it early and no ballot is missing, counting proxies. Returns whether it was
    closed."""
    async with store.write() as uow:
        council = (await uow.rounds.get(round_id)).council
        # In the order in which closing a round locks them.
        await uow.councils.lock(council)
        round_ = await uow.rounds.lock(round_id)
        now = await uow.now()
        if not round_.rules.early_close or not round_.accepts(now) or not await _is_complete(uow, round_):
            return False
        before, round_ = round_, replace(round_, status=RoundStatus.CLOSING, closes_at=now, ended_early=True)
        await uow.rounds.put(round_, before=before)
        data: dict[str, Json] = {"round": round_.id, "number": round_.number, "closes_at": int(now.timestamp())}
        await enter_one(uow, council, at=now, kind=EntryKind.ROUND_COMPLETE, data=data)
        await uow.commit()
    await settle(store, round_id)
    return True


async def _is_complete(uow: UnitOfWork, round_: Round) -> bool:
    """Whether every entitled seat has a ballot on every issue still on the docket, its own or by proxy."""
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    votable = {entry.issue for entry in docket if not entry.withdrawn}
    if not votable or not await uow.rounds.count_entitled(round_.id):
        return False
    missing = await uow.ballots.seats_missing(round_.id)
    if not missing:
        return True
    cast = {(ballot.seat, ballot.issue) for ballot in await uow.ballots.of_seats(round_.id, missing)}
    cast |= {(ballot.seat, ballot.issue) for ballot in await proxied_ballots(uow, round_)}
    return all((seat, issue) in cast for seat in missing for issue in votable)
