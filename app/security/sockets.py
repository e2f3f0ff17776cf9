"""Reads TCP sockets from /proc: who is at the other end of a connection, and who listens."""

import contextlib
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Literal

from services.network import is_loopback

_PROC = Path("/proc")
Address = IPv4Address | IPv6Address
Listens = Literal["nowhere", "here", "beyond"]
"""Where a process accepts connections: not at all, from this machine, from other machines, too."""
# Of linux/sock_diag.h and linux/inet_diag.h. It answers in 0.05 ms; /proc/net/tcp lists every
# connection of the last minute, which took 18 ms with 3,500 of them.
_SOCK_DIAG, _BY_FAMILY, _END = 4, 20, 3
_ASK, _ASK_FOR_ALL = 0x1, 0x301
_HEADER, _QUESTION = struct.Struct("=IHHII"), struct.Struct("=BBBBI")
_PORTS, _REST = struct.Struct("!HH"), struct.Struct("=III")
_ANSWER = struct.Struct("=BBBB2s2s16s16s12sIIIII")
_ANY = 0xFFFFFFFF
_ESTABLISHED, _LISTENING = 1, 10


@dataclass(frozen=True)
class Socket:
    """A socket of this machine."""

    family: int
    state: int
    address: Address
    owner: int
    inode: int


def other_end(client: tuple[str, int], server: tuple[str, int]) -> Socket | None:
    """The socket of who has connected; None where the system does not tell."""
    try:
        ends = [_packed(address) for address, _ in (client, server)]
    except ValueError:
        return None
    # Who connects may use a socket of IPv6 for an address of IPv4.
    families = [socket.AF_INET6] if len(ends[0]) == 16 else [socket.AF_INET, socket.AF_INET6]
    for family in families:
        for found in _asked(family, _ASK, _ANY, (client[1], server[1]), ends):
            if found.state == _ESTABLISHED:
                return found
    return None


@lru_cache(maxsize=256)
def listens(inode: int, owner: int) -> Listens | None:
    """Where the process of a socket listens; None for one that cannot be looked at."""
    listening = {f"socket:[{each.inode}]": each.address for each in _listeners()}
    # The newest first: it is most likely to have just connected.
    for folder in sorted(_PROC.glob("[0-9]*"), key=lambda each: -int(each.name)):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid == owner and f"socket:[{inode}]" in (has := _open(folder)):
                own = [address for name, address in listening.items() if name in has]
                if not all(is_loopback(address) for address in own):
                    return "beyond"
                return "here" if own else "nowhere"
    return None


def _listeners() -> Iterator[Socket]:
    for family in (socket.AF_INET, socket.AF_INET6):
        yield from _asked(family, _ASK_FOR_ALL, 1 << _LISTENING, (0, 0), [b"", b""])


def _asked(
    family: int, how: int, states: int, ports: tuple[int, int], ends: list[bytes]
) -> list[Socket]:
    """What the system answers; nothing where it is not asked that way."""
    if not hasattr(socket, "AF_NETLINK"):
        return []
    wide = [bytes(10) + b"\xff\xff" + end if len(end) == 4 else end for end in ends]
    fit = wide if family == socket.AF_INET6 else ends
    packed = b"".join(end.ljust(16, b"\0") for end in fit)
    question = _QUESTION.pack(family, socket.IPPROTO_TCP, 0, 0, states)
    body = question + _PORTS.pack(*ports) + packed + _REST.pack(0, _ANY, _ANY)
    head = _HEADER.pack(_HEADER.size + len(body), _BY_FAMILY, how, 1, 0)
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as line:
            line.settimeout(1)
            line.send(head + body)
            found: list[Socket] = []
            while _read(line.recv(65536), found) and how == _ASK_FOR_ALL:
                pass
            return found
    except OSError:
        return []


def _read(answer: bytes, found: list[Socket]) -> bool:
    """Add what stands in an answer; whether there is more to come."""
    while len(answer) >= _HEADER.size:
        length, kind = _HEADER.unpack_from(answer)[:2]
        if kind != _BY_FAMILY:
            return False
        part = _ANSWER.unpack_from(answer, _HEADER.size)
        size = 4 if part[0] == socket.AF_INET else 16
        address = ip_address(part[6][:size])
        found.append(Socket(part[0], part[1], address, part[12], part[13]))
        answer = answer[(length + 3) & ~3 :]
    return True


def _packed(address: str) -> bytes:
    return ip_address(address).packed


def _open(process: Path) -> frozenset[str]:
    """What a process has open."""
    found = set()
    for each in (process / "fd").iterdir():
        # It may have been closed meanwhile.
        with contextlib.suppress(OSError):
            found.add(str(each.readlink()))
    return frozenset(found)
