"""What people say of the demo, and what becomes of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.access import Role, check_presenter
from services.errors import FeedbackNotFound, InvalidFeedback, NotYours
from services.limits import check, tidy_reply, tidy_tags
from services.model.feedback import Feedback, FeedbackInput, Kind, Status
from services.model.record import now
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository, StaleDocument
from services.store.documents.kinds import as_document, of_session, reading
from services.store.read_model.catalogue import Catalogue

_KIND = "FEEDBACK#"
Body = Mapping[str, Any]


class FeedbackService:
    """Feedback: given by anybody, agreed with, answered."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Feedback))
        self._clock = clock
        self._known: tuple[tuple[Feedback, ...], tuple[Feedback, ...]] = ((), ())

    def all(self) -> tuple[Feedback, ...]:
        """Everything that was said and not withdrawn, newest first.

        Raises StoreUnavailable.
        """
        kept = self._collection.all()
        if self._known[0] is not kept:
            there = (one for one in kept if one.deleted_at is None)
            newest = sorted(there, key=lambda one: one.created_at, reverse=True)
            self._known = (kept, tuple(newest))
        return self._known[1]

    def of(self, code: str) -> tuple[Feedback, ...]:
        """What was said in one session, newest first. Raises StoreUnavailable."""
        return tuple(one for one in self.all() if one.session == code)

    def give(self, code: str, given: FeedbackInput, *, person: str, by: str) -> None:
        """Say something; what is sent twice is kept once.

        Raises InvalidFeedback, StoreUnavailable.
        """
        check(given.kind, given.text, given.reaction, given.rating)
        at = self._clock()
        said = Feedback(
            **dict(given),
            session=code,
            person=person,
            created_at=at,
            created_by=by,
            updated_at=at,
            updated_by=by,
        )
        document = as_document(said, said.session, _KIND + said.identifier)
        try:
            self._collection.put_own(document, f"give {person} {given.identifier}", person=person)
        except StaleDocument as error:
            raise InvalidFeedback("Something else was said under this number.") from error

    def edit(
        self, code: str, identifier: str, *, person: str, kind: Kind, text: str, rating: int | None
    ) -> None:
        """Say it in other words. Raises NotYours, FeedbackNotFound, InvalidFeedback."""

        def step(body: Body) -> Body:
            _check_author(body, person)
            check(kind, text, str(body.get("reaction", "")), rating)
            at = self._clock().isoformat()
            return {**body, "kind": kind, "text": text, "rating": rating, "editedAt": at}

        self._change(code, identifier, step)

    def withdraw(self, code: str, identifier: str, *, person: str) -> None:
        """Take back what one has said: its words are forgotten.

        Raises NotYours, FeedbackNotFound, StoreUnavailable.
        """

        def step(body: Body) -> Body:
            _check_author(body, person)
            gone = {"text": "", "reaction": "", "rating": None}
            return {**body, **gone, "deletedAt": self._clock().isoformat()}

        self._change(code, identifier, step)

    def agree(self, code: str, identifier: str, *, person: str, name: str) -> None:
        """Say the same, once however often; one's own needs no agreement of one's own.

        Raises FeedbackNotFound, StoreUnavailable.
        """

        def step(body: Body) -> Body:
            if body["person"] == person:
                return body
            return {**body, "agreed": {**body.get("agreed", {}), person: name}}

        self._change(code, identifier, step)

    def disagree(self, code: str, identifier: str, *, person: str) -> None:
        """Take one's agreement back. Raises FeedbackNotFound, StoreUnavailable."""

        def step(body: Body) -> Body:
            kept = {who: name for who, name in body.get("agreed", {}).items() if who != person}
            return {**body, "agreed": kept}

        self._change(code, identifier, step)

    def triage(
        self,
        code: str,
        identifier: str,
        *,
        by: str,
        status: Status | None = None,
        reply: str | None = None,
        tags: Sequence[str] | None = None,
        role: Role,
    ) -> None:
        """Say what becomes of it; what is left out stays.

        Raises NotAllowed, InvalidFeedback, FeedbackNotFound, StoreUnavailable.
        """
        check_presenter(role)
        wanted: dict[str, Any] = {}
        if status is not None:
            wanted["status"] = status
        if reply is not None:
            wanted |= {"reply": tidy_reply(reply), "repliedBy": by}
        if tags is not None:
            wanted["tags"] = tidy_tags(tags)
        self._change(code, identifier, lambda body: {**body, **wanted})

    def merge(self, code: str, identifier: str, *, into: str, role: Role) -> None:
        """Say that it says the same as another one, whose agreement it becomes; "" takes it back.

        Raises NotAllowed, InvalidFeedback, FeedbackNotFound, StoreUnavailable.
        """
        check_presenter(role)
        other = {one.identifier: one for one in self.of(code)}.get(into)
        if into and (other is None or into == identifier or other.merged_into):
            raise InvalidFeedback("Choose another one of this session that is no duplicate itself.")
        if into and any(one.merged_into == identifier for one in self.of(code)):
            raise InvalidFeedback("It has duplicates itself. Merge those into the other one first.")
        self._change(code, identifier, lambda body: {**body, "mergedInto": into})

    def _change(self, code: str, identifier: str, step: Callable[[Body], Body]) -> None:
        def checked(body: Body) -> Body:
            if not body or body.get("deletedAt"):
                raise FeedbackNotFound
            at = self._clock().isoformat()
            after = step(body)
            return after if after == body else {**after, "updatedAt": at}

        self._collection.change(of_session(code), _KIND + identifier, checked)


def _check_author(body: Body, person: str) -> None:
    if body.get("person") != person:
        raise NotYours
