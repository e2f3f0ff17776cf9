"""Addresses under which other machines reach this one."""

import socket

_ANY = ("", "0.0.0.0", "::")  # noqa: S104 - looked for, not served at
_NOWHERE = ("192.0.2.1", 9)
"""An address of nobody's: RFC 5737 keeps it for examples."""


def reachable(host: str) -> str:
    """What others put into an address for what is served at `host`, be that all addresses."""
    found = (_own_address() or socket.gethostname()) if host in _ANY else host
    return f"[{found}]" if ":" in found else found


def _own_address() -> str:
    """That of the network by which one leaves this machine; empty without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Sends nothing: it only has the system choose the way.
            asked.connect(_NOWHERE)
        except OSError:
            return ""
        return str(asked.getsockname()[0])
