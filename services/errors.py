"""What can go wrong, in the domain's words."""

from collections.abc import Sequence

from services.model.record import Asset
from services.model.words import Problem


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


class Conflict(BasketError):  # noqa: N818
    """Somebody else changed the asset after it was read."""

    def __init__(self, current: Asset) -> None:
        super().__init__(f"{current.updated_by} has changed this asset in the meantime.")
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
