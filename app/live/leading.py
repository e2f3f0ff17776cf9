"""Messages of “follow me” on the live websocket."""

import asyncio
import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from services.access import Role
from services.errors import BasketError
from services.leading.service import LeadService, Showing
from services.names import leader
from services.sessions.presence import Presence

_logger = logging.getLogger(__name__)
_LONGEST = 10_000
"""Characters of what a page says at once."""


class Window:
    """An open page; `name` tells this one from every other, also of the same person."""

    def __init__(
        self, leads: LeadService, presence: Presence, *, name: str, tab: str, role: Role
    ) -> None:
        self._leads = leads
        self._presence = presence
        self._name = name
        self._tab = tab
        self._role: Role = role
        self._problem = ""

    async def hear(self, text: str) -> None:
        """Do what the page has asked for; why that cannot be done is told with what follows."""
        self._problem = ""
        try:
            said = json.loads(text[:_LONGEST])
            await self._do(said)
        except BasketError as error:
            self._problem = str(error)
        except (ValueError, RecursionError):
            return

    async def _do(self, said: Any) -> None:
        person, by = self._presence.who(self._tab)
        match said:
            case {"failed": str(part), "said": str(error)}:
                _log_once(part[:40], error[:300])
            case {"at": str(address)}:
                self._leads.move(self._name, address, role=self._role)
            case {"follow": str(identifier)}:
                self._leads.follow(self._name, identifier[:40], person=person)
            case {"resume": str(identifier)}:
                self._leads.resume(self._name, identifier, person=person, role=self._role)
            case {"lead": "here"}:
                self._leads.take_over(self._name, person=person, role=self._role)
            case {"lead": "start"}:
                await asyncio.to_thread(
                    self._leads.start, self._name, person=person, by=by, role=self._role
                )
            case {"lead": "stop"}:
                await asyncio.to_thread(self._leads.stop, role=self._role)

    def told(self) -> Mapping[str, Any]:
        """What the page should know of leading."""
        may = self._role == "presenter" and self._leads.has_session
        showing = self._leads.now()
        lead = self._shown(showing) if showing else None
        return {"may": may, "lead": lead, "problem": self._problem}

    def _shown(self, showing: Showing) -> Mapping[str, Any]:
        lead, where = showing.lead, showing.where
        person, _ = self._presence.who(self._tab)
        return {
            "id": lead.identifier,
            "name": leader(lead.name),
            "mine": person == lead.person,
            "here": showing.window == self._name,
            "held": bool(showing.window),
            "address": where.address if where and not where.apart else None,
            "apart": bool(where and where.apart),
            "followers": len(showing.followers),
            "others": len(self._presence.here().keys() - {lead.person}),
        }


@lru_cache(maxsize=100)
def _log_once(part: str, error: str) -> None:
    """Log that a part of a page failed in somebody's browser; the same failure once."""
    _logger.warning("The part %r of a page failed in a browser: %r", part, error)
