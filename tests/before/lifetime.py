"""The lifetime behind `tests/data/before-12`: councils of every secrecy and preset, in every state, as members and
chairs bring them about in Discord. `make` plays it; it need not work with later versions."""

from __future__ import annotations

from datetime import timedelta

from tests.before.acting import Acting

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = "It harms those who had no say."
UNION = """name,country,members,weight,veto,observer
Germany,DE,{0},84,no,no
France,FR,{1},68,no,no
Malta,MT,{2},1,no,no
Estonia,EE,{3},1,no,no
Press,,,1,no,yes
"""


class Life(Acting):
    """The councils, one after the other."""

    async def play(self) -> None:
        """All of it; what is due at the end has been carried out, but for what cannot be."""
        await self._assembly_begins()
        await self._assembly_goes_on()
        await self._embassy()
        await self._curtain()
        await self._archive()
        await self._union()
        await self._resting()
        await self._roll()
        await self._silenced()
        await self._lost()
        await self._assembly_votes()
        await self._crashed()
        await self._look_around()
        await self._refused_forms()
        await self._open_forms()

    # -- the councils

    async def _assembly_begins(self) -> None:
        """Open ballots, the default rules, threads; a first round with proxies, an observer and reminders."""
        await self.found("assembly", "meta-regime", length="3d")
        await self.change_rules("ballots", threads=["yes"])
        for name in list(self.people)[:9]:
            await self.use(name, "seat take")
        await self.use("Chair", "seat add", member=self.people["Jamal"], observer=True)
        shown = await self.use("Alice", "preferences")
        await self.choose("Alice", shown.response, "preferences", "reminders", "direct")
        await self.propose("Alice", "Torture", "Hurting people to make them speak.", "It is done to the powerless.")
        await self.propose("Farah", "Tariffs", "Taxing what comes in.")
        await self.use("Hanna", "seat proxy", to="Alice")
        await self.use("Ines", "seat proxy", to="Boris", issue="2")
        await self.open_round(length="3d")
        for name in ("Boris", "Chen", "Dalia", "Emeka"):
            await self.vote(name, "prohibited", reason=f"{REASON} So says {name}.")
        await self.vote("Farah", "adjustment", reason="It might help.")
        await self.vote("Farah", "independent", issue=2, reason="I pay them.")
        await self.vote("Chen", "prohibited", issue=2, reason="They start wars.")
        await self.vote("Chen", "adjustment", issue=2, reason="Or so I thought.")
        await self.pass_time(2 * DAY, 23 * HOUR)
        await self.vote("Alice", "prohibited", reason="Nobody may.")
        await self.pass_time(HOUR)

    async def _assembly_goes_on(self) -> None:
        """A second round; issues amended, merged, hidden, withdrawn and reviewed; members erased and barred."""
        await self.open_round(length="1d")
        for name in ("Alice", "Boris", "Chen", "Dalia", "Emeka", "Farah", "Goran"):
            await self.vote(name, "prohibited", reason=f"{name} again.")
        await self.pass_time(DAY)
        for name in ("Boris", "Chen", "Dalia"):
            await self.use(name, "issue review", issue="1")
        for name, title in (("Chen", "Spam"), ("Dalia", "Insults"), ("Emeka", "Noise at night"), ("Goran", "Bribes")):
            await self.propose(name, title)
        await self.use("Chair", "issue hide", issue="4", why="It breaks the rules.")
        await self.use("Chair", "issue merge", issue="5", into="3")
        await self.use("Goran", "issue withdraw", issue="6")
        await self.send("Chen", "issue amend", {"title": "Spam", "action": "Unasked for.", "why": ""}, issue="3")
        await self.propose("Boris", "Raids")
        similar = await self.propose("Boris", "Raids!", "Of others' harbours.")
        await self.tap("Boris", similar.response, "propose-anyway")
        await self.propose("Ines", "Tortures")
        await self.propose("Emeka", "Lower tariffs", "A tenth.", replaces="2")
        erasing = await self.use("Farah", "privacy erase")
        await self.tap("Farah", erasing.response, "erase", "erase")
        await self.use("Chair", "seat bar", member=self.people["Goran"])
        await self.use("Chair", "order board", pin=True)
        await self.world.run_due()

    async def _assembly_votes(self) -> None:
        """The third round, under way; somebody who voted in it is erased."""
        self.enter("assembly")
        await self.open_round(length="5d")
        for name, position in (("Alice", "prohibited"), ("Boris", "independent"), ("Hanna", "adjustment")):
            await self.vote(name, position, reason=f"{name}: {REASON}")
        erasing = await self.use("Hanna", "privacy erase")
        await self.tap("Hanna", erasing.response, "erase", "keep")
        await self.change_rules("quorum", least="2")
        await self.world.run_due()

    async def _embassy(self) -> None:
        """Sealed ballots, vetoes, delegations with several holders, claims; a round closed, one open, a proxy."""
        await self.found("embassy", "security-council", secrecy="sealed", length="2d")
        await self.change_rules("seating", open_seating=["no"], claims=["yes"])
        await self.use("Chair", "seat fill", seating="p5")
        for seat, name in (("France", "Alice"), ("France", "Boris"), ("China", "Chen")):
            await self.use("Chair", "seat assign", seat=seat, member=self.people[name])
        await self.use("Chair", "seat add", name="Ghana", country="Ghana", member=self.people["Alice"])
        await self.use("Chair", "seat set", seat="Ghana", present_and_voting=True)
        await self.use("Dalia", "seat take", seat="United Kingdom")
        await self.propose("Alice", "Blockades")
        await self.open_round()
        for name, position in (("Boris", "independent"), ("Chen", "prohibited"), ("Dalia", "prohibited")):
            await self.vote(name, position)
        await self.pass_time(2 * DAY)
        await self.open_round(length="11d")
        await self.vote("Boris", "adjustment")
        await self.use("Dalia", "seat proxy", to="France")
        await self.vote("Alice", "prohibited")
        await self.use("Chair", "seat remove", seat="Russia")

    async def _curtain(self) -> None:
        """Secret ballots: a round closed, one open, a ballot withdrawn."""
        await self.found("curtain", "simple-majority", secrecy="secret", length="1d")
        for name in ("Alice", "Boris", "Chen", "Dalia", "Emeka"):
            await self.use(name, "seat take")
        await self.propose("Alice", "Spying")
        await self.use("Emeka", "seat proxy", to="Alice")
        await self.open_round()
        for name, position in (("Alice", "prohibited"), ("Boris", "adjustment"), ("Chen", "independent")):
            await self.vote(name, position)
        await self.pass_time(DAY)
        await self.open_round(length="10d")
        await self.vote("Alice", "prohibited")
        cast = await self.vote("Boris", "adjustment")
        await self.tap("Boris", cast.response, "unvote")

    async def _archive(self) -> None:
        """A council that was closed after a round."""
        await self.found("archive", "broad-consensus", length="1d")
        for name in ("Alice", "Boris"):
            await self.use(name, "seat take")
        await self.propose("Alice", "Late nights")
        await self.open_round()
        for name in ("Alice", "Boris"):
            await self.vote(name, "prohibited")
        for command, noun in (("round close", "close"), ("council close", "council-close")):
            asked = await self.use("Chair", command)
            await self.tap("Chair", asked.response, noun)
            await self.world.run_due()

    async def _union(self) -> None:
        """Weights; a schedule opened a debate, in which reasons are given."""
        await self.found("union", "eu-council", length="1d")
        await self.change_rules("seating", open_seating=["no"])
        await self.change_rules("rounds", debate="6d")
        seated = [self.people[name].mention for name in ("Alice", "Boris", "Chen", "Dalia")]
        await self.send("Chair", "seat import", {"seating": UNION.format(*seated)})
        await self.propose("Alice", "Overfishing")
        await self.use("Chair", "round schedule", when="every Monday 18:00", length="1d", zone="Europe/Berlin")
        await self.pass_time(DAY)
        form = await self.tap("Alice", await self.world.card(1), "give-reason")
        await self.people["Alice"].submit_modal(form, {"reason": "The sea is empty."})

    async def _resting(self) -> None:
        """A round that went on for want of a quorum, and was then paused."""
        await self.found("resting", "consensus", length="1h")
        await self.change_rules("rounds", extension="2h")
        for name in ("Alice", "Boris", "Chen"):
            await self.use(name, "seat take")
        await self.propose("Alice", "Overtime")
        await self.open_round()
        await self.vote("Alice", "prohibited")
        await self.pass_time(HOUR)
        await self.use("Chair", "round pause")
        await self.world.run_due()

    async def _roll(self) -> None:
        """A roll call, half answered."""
        await self.found("roll", "general-assembly", length="1d")
        await self.change_rules("seating", open_seating=["no"], roll_call=["yes"])
        await self.change_rules("ballots", early_close=["yes"], seconds="1")
        for name in ("Alice", "Boris", "Chen"):
            await self.use("Chair", "seat add", name=f"{name}'s", member=self.people[name])
        await self.propose("Alice", "Absence")
        await self.use("Chair", "round rollcall")
        await self.world.run_due()
        await self.tap("Alice", self.world.posted()[-1], "present", "present")
        await self.world.run_due()

    async def _silenced(self) -> None:
        """A channel in which the bot may no longer post: posts wait, and a trouble is told."""
        await self.found("silenced", "simple-majority", length="9d")
        self.forbid()
        for name in ("Alice", "Boris"):
            await self.use(name, "seat take")
        await self.propose("Alice", "Noise")
        await self.open_round()

    async def _lost(self) -> None:
        """A council whose channel was deleted."""
        await self.found("lost", "simple-majority", length="1d")
        await self.use("Alice", "seat take")
        await self.send("Alice", "propose", {"title": "Silence", "action": "Saying nothing.", "why": ""})
        self.world.env.backend.delete_channel(self.world.channel.id)
        await self.world.run_due()

    async def _crashed(self) -> None:
        """A round that a process had begun to close when it ended."""
        await self.found("crashed", "simple-majority", length="1h")
        for name in ("Alice", "Boris"):
            await self.use(name, "seat take")
        await self.propose("Alice", "Delays")
        await self.open_round()
        await self.vote("Alice", "adjustment")
        await self.crash_while_closing(HOUR)

    async def _look_around(self) -> None:
        """Panels that stay open on members' screens."""
        self.enter("assembly")
        looks = (
            ("Dalia", ("docket", "seat list", "order board", "round status", "preferences", "privacy erase")),
            ("Chair", ("council rules", "round close", "round cancel", "council info", "council close")),
        )
        for name, commands in looks:
            for command in commands:
                await self.use(name, command)
        for name, command in (("Dalia", "vote"), ("Alice", "vote"), ("Boris", "issue show"), ("Boris", "reasons")):
            await self.use(name, command, issue="1")
        await self.use("Boris", "issue list")
        await self.use("Chair", "council preset", preset="general-assembly")

    async def _open_forms(self) -> None:
        """Forms that somebody has open: none is sent."""
        self.enter("assembly")
        rules = await self.use("Chair", "council rules")
        for group in ("adjustment", "prohibited", "quorum", "rounds", "ballots", "seating"):
            await self.tap("Chair", rules.response, "rules-edit", group)
        await self.use("Chair", "seat import")
        await self.use("Emeka", "propose")
        await self.use("Emeka", "propose", replaces="2")
        for name, position in (("Chen", "prohibited"), ("Dalia", "abstain"), ("Emeka", "adjustment")):
            await self.vote(name, position)
        self.enter("union")
        await self.tap("Boris", await self.world.card(1), "give-reason")
        self.enter("roll")
        await self.use("Alice", "issue amend", issue="1")
        self.enter("hall")
        for secrecy in ("open", "sealed", "secret"):
            await self.use("Chair", "council setup", secrecy=secrecy)

    async def _refused_forms(self) -> None:
        """Forms that were refused: what was typed is kept for the button under the answer."""
        self.enter("assembly")
        await self.send("Chair", "seat import", {"seating": "name\n,,"})
        await self.send("Dalia", "propose", {"title": " ", "action": "What is done.", "why": ""})
        self.enter("roll")
        await self.send(
            "Alice", "issue amend", {"title": " ", "action": "Of those who should be here.", "why": ""}, issue="1"
        )
        self.enter("hall")
        fields = {"name": "Hall", "preset": ["consensus"], "length": "soon", "voters": [], "chairs": []}
        await self.send("Chair", "council setup", fields)
