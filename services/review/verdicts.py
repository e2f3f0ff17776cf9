"""What reviewers think of pictures of the demo: one thing of each, until they change it."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from pydantic import ConfigDict

from services.model.base import Fields
from services.model.record import When, now
from services.sessions.service import SessionService
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository
from services.store.documents.kinds import of_session, reading
from services.store.read_model.catalogue import Catalogue

_KIND = "VERDICT#"
Decision = Literal["", "approve", "changes"]


class Verdict(Fields):
    """What somebody thinks of a picture."""

    model_config = ConfigDict(extra="ignore")

    session: str
    file: str
    """Which picture."""
    digest: str
    """Of what was looked at: another picture of that name is not meant."""
    decision: Decision
    person: str
    name: str
    at: When


class VerdictService:
    """Decisions of reviewers, everybody's own."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        sessions: SessionService,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Verdict))
        self._sessions = sessions
        self._clock = clock

    def decide(self, file: str, digest: str, decision: Decision, *, person: str, name: str) -> None:
        """Think this of a picture from now on; "" takes it back. Raises StoreUnavailable."""
        code = self._sessions.receiving("")
        verdict = Verdict(
            session=code,
            file=file,
            digest=digest,
            decision=decision,
            person=person,
            name=name,
            at=self._clock(),
        )
        which = hashlib.sha256(file.encode()).hexdigest()[:32]
        sk = f"{_KIND}{which}#{person}"
        self._collection.change(of_session(code), sk, lambda _: verdict.plain())

    def by_file(self) -> Mapping[str, tuple[Verdict, ...]]:
        """What everybody thinks last, by picture; who took it back thinks nothing.

        Raises StoreUnavailable.
        """
        latest: dict[tuple[str, str], Verdict] = {}
        for one in sorted(self._collection.all(), key=lambda one: one.at):
            latest[one.file, one.person] = one
        found: dict[str, tuple[Verdict, ...]] = {}
        for one in latest.values():
            if one.decision:
                found[one.file] = (*found.get(one.file, ()), one)
        return found
