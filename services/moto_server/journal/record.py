"""What the journal keeps of a change: the request, and the chance and the time it met."""

import struct
from dataclasses import dataclass

from services.moto_server.http.wire import Request

_HEAD = struct.Struct(">Qd")


@dataclass(frozen=True, slots=True)
class Record:
    """A request that changed something; ``moment`` in seconds since 1970."""

    seed: int
    moment: float
    request: Request

    def to_bytes(self) -> bytes:
        """The record as the journal's payload."""
        return _HEAD.pack(self.seed, self.moment) + self.request.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Record":
        """Undo ``to_bytes``; raises ValueError or struct.error if it cannot come from there."""
        seed, moment = _HEAD.unpack_from(data)
        return cls(seed, moment, Request.from_bytes(data[_HEAD.size :]))
