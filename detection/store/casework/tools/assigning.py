"""Packets that a supervisor gives to an inspector."""

from __future__ import annotations

from detection.cases.moves import Actor
from detection.store.casework import holdings
from detection.store.casework.acting import ActWriter
from features.errors import UsageError


class AssigningWriter(ActWriter):
    """Packets of a workspace, open for assignment."""

    def assign(self, packet_id: str, name: str, actor: Actor, at: str, reason: str, seen: str | None) -> None:
        """Give a packet to an inspector, also one that another holds.

        Args:
            packet_id: as lists show it.
            name: of the inspector.
            actor: a supervisor.
            at: ISO time.
            reason: why; may be empty.
            seen: who held it when the actor looked, empty for nobody; None takes whoever does.

        Raises:
            UsageError: see `holdings.assign`; or another holds it by now.
        """
        with self.acting("assign_packet", f"packet:{packet_id}", actor, at, reason) as entering:
            connection = entering.connection
            key = self.key(connection, packet_id, actor)
            holding = holdings.holding_of(connection, key)
            if seen is not None and seen != (holding[1] if holding else ""):
                raise UsageError(
                    "The packet was taken or given back meanwhile.", next_step="look at it, and act again"
                )
            number, before = holdings.assign(connection, key, name, actor, at, reason)
            entering.enter(before={"holder": before or None}, after={"holder": name, "holding": number})
