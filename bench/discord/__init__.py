"""A stand-in for Discord on loopback: as much of its REST API and gateway as a bot needs to start, answer and post.

It is no model of Discord's rules: nothing is checked, and an unknown path answers 404. The bot's own HTTP and WebSocket
code talks to it unchanged, also when it makes faults (`StandIn.fault`).
"""

from bench.discord.payloads import BOT, Member, button_press, command_use
from bench.discord.stand_in import Answered, StandIn, answer, stand_in

__all__ = ["BOT", "Answered", "Member", "StandIn", "answer", "button_press", "command_use", "stand_in"]
