"""Recovery: which assets a store has lost, and how they are put back."""

from services.access import Role, check_presenter
from services.store.assets.repository import AssetRepository
from services.store.read_model.checkpoint import Checkpoint, Loss


class LossService:
    """What a Moto that is not ours no longer has: assets, sessions, feedback, views."""

    def __init__(self, checkpoint: Checkpoint | None, repository: AssetRepository) -> None:
        self._checkpoint = checkpoint
        self._repository = repository

    def look(self) -> Loss | None:
        """What was lost and can be restored, if anything."""
        return self._checkpoint.loss if self._checkpoint else None

    def restore(self, *, role: Role) -> None:
        """Put back what was lost; what has been added since stays.

        Raises NotAllowed, StoreUnavailable.
        """
        check_presenter(role)
        if self._checkpoint is None:
            return
        for item in self._checkpoint.lost_items():
            self._repository.put_back(item)
        self._checkpoint.forget_loss()

    def dismiss(self, *, role: Role) -> None:
        """Do not offer it any more. Raises NotAllowed."""
        check_presenter(role)
        if self._checkpoint is not None:
            self._checkpoint.forget_loss()
