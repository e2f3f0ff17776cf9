"""Which addresses are this machine's own."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address


@lru_cache
def is_loopback(address: str | IPv4Address | IPv6Address) -> bool:
    """Whether only this machine itself can reach the address; `localhost` is one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address == "localhost"
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback
