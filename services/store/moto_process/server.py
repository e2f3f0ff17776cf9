"""What the app can know of the server behind its table."""

from dataclasses import dataclass

from services.errors import StoreUnavailable
from services.store.connection import WRITE, Connection
from services.store.table import ensure_table


@dataclass(frozen=True)
class ServerState:
    """Where the server is, as the status tells it."""

    endpoint: str
    started_here: bool
    """Whether this process started it; otherwise it was found running."""
    ours: bool
    """Whether it keeps what it was told and takes several writers."""
    pid: int | None = None
    restarts: int = 0
    """How often it died and was started again."""
    note: str = ""
    """What it could not read of what was stored, if anything."""
    refusing: str = ""
    """Why it takes no changes at present, if it does not."""
    unavailable: str = ""
    """Why it could not be had the last time that it was needed, and what to do."""
    foreign_data_dir: str = ""
    """The data folder of the Moto that another app has started, if that is the one in use."""


class AwsServer:
    """The real DynamoDB: nothing to start, nothing to stop."""

    safe_for_several_writers = True
    pulse = None
    """It has to be asked."""

    def __init__(self, connection: Connection, table: str) -> None:
        self.connection = connection
        self._table = table

    @property
    def state(self) -> ServerState:
        """Where it is."""
        return ServerState(f"AWS {self.connection.region}", started_here=False, ours=True)

    def look(self) -> None:
        """There is nothing to know that its answers do not tell."""

    def start(self) -> None:
        """Make sure that the table is there."""
        ensure_table(self.connection.dynamodb(WRITE), self._table)

    def revive(self) -> None:
        """Raises StoreUnavailable: nobody here can start AWS."""
        raise StoreUnavailable("AWS does not answer. Check the connection and the credentials.")

    def stop(self) -> None:
        """Leave it alone."""
