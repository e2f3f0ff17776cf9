"""What can go wrong, in the domain's words."""

from collections.abc import Sequence

from services.model.problem import Problem
from services.model.record import Asset


class BasketError(Exception):
    """The base of the domain's errors; its text is a sentence for people."""


class InvalidAsset(BasketError):  # noqa: N818 - reads as a noun of the domain
    """What was entered does not make an asset."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class AssetNotFound(BasketError):  # noqa: N818
    """There is no asset with this identifier."""

    def __init__(self, identifier: str) -> None:
        super().__init__("There is no asset with this identifier.")
        self.identifier = identifier


STRANGER = "Another program"
"""Who changed what does not say who changed it."""


class Conflict(BasketError):  # noqa: N818
    """Somebody else changed the asset after it was read."""

    def __init__(self, current: Asset, by: str = "") -> None:
        self.current = current
        self.by = by or current.updated_by
        """Who did, as far as is known."""
        super().__init__(f"{self.by} has changed this asset in the meantime.")


class NotInBin(BasketError):  # noqa: N818
    """Only what is in the bin can be deleted for good."""

    def __init__(self, current: Asset) -> None:
        super().__init__("Only what is in the bin can be deleted for good. Move it there first.")
        self.current = current


class StoreUnavailable(BasketError):  # noqa: N818
    """The store did not answer, or answered what nobody understands."""

    def __init__(self, reason: str = "The store is not answering.") -> None:
        super().__init__(reason)


class StartRefused(BasketError):  # noqa: N818
    """The surroundings are not fit to start in; the text says what to do."""


class InvalidName(BasketError):  # noqa: N818
    """Something cannot be called so."""


class NameTaken(BasketError):  # noqa: N818
    """Something else is called so already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a view “{name}” already.")


class ViewNotFound(BasketError):  # noqa: N818
    """There is no view of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The view “{name}” is gone: somebody else has deleted or renamed it.")


class SessionNotFound(BasketError):  # noqa: N818
    """There is no session with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"There is no session with the code “{code[:20]}”.")


class SessionClosed(BasketError):  # noqa: N818
    """The session is over."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” is closed. What was said there stays readable.")


class NoSession(BasketError):  # noqa: N818
    """No session is live."""

    def __init__(self) -> None:
        super().__init__("Start a session first: Present is the page for it.")


class InvalidSession(BasketError):  # noqa: N818
    """What was entered does not make a session."""


class InvalidFeedback(BasketError):  # noqa: N818
    """What was entered is no feedback; the text says why."""


class FeedbackNotFound(BasketError):  # noqa: N818
    """There is no such feedback, or its author has withdrawn it."""

    def __init__(self) -> None:
        super().__init__("This feedback is not there any more.")


class NotAllowed(BasketError):  # noqa: N818
    """Only a presenter can do this."""

    def __init__(self) -> None:
        super().__init__("Only the presenter can do this.")


class NotYours(BasketError):  # noqa: N818
    """Only its author can do this."""

    def __init__(self) -> None:
        super().__init__("Only who has said it can change or withdraw it.")


class InvalidQuestion(BasketError):  # noqa: N818
    """What was entered is no question; the text says why."""

    def __init__(self, reason: str, part: str = "text") -> None:
        super().__init__(reason)
        self.part = part
        """Which part of what was entered: text, options, ends."""


class QuestionNotFound(BasketError):  # noqa: N818
    """There is no such question."""

    def __init__(self) -> None:
        super().__init__("This question is not there any more.")


class QuestionClosed(BasketError):  # noqa: N818
    """The question takes no more answers."""

    def __init__(self) -> None:
        super().__init__("This question is closed: it takes no more answers.")


class InvalidAnswer(BasketError):  # noqa: N818
    """What was entered is no answer to the question; the text says why."""


class TourNotFound(BasketError):  # noqa: N818
    """There is no such tour."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no tour “{name[:40]}”.")


class CopiesRefused(BasketError):  # noqa: N818
    """There can be no copy of one's own now; the text says why."""


class CopyGone(BasketError):  # noqa: N818
    """The copy that is asked for was removed."""

    def __init__(self) -> None:
        super().__init__("This copy of the basket is not there any more: its owner has left it.")
