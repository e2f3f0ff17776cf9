"""How many files and connections this process may have open."""

import contextlib
import resource

_WANTED = 65_536
_ENOUGH = 1024
_A_VISITOR = 5
"""An event loop has three, the two websockets of a page are one each (measured, Streamlit 1.67)."""


def raise_limit() -> str:
    """Allow as many as the system lets this process have; what to say if that is too few."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if now == resource.RLIM_INFINITY or now >= _ENOUGH:
        return ""
    return (
        f"Only {now} files may be open at once, which is enough for some {now // _A_VISITOR} "
        f"people. For more, start the app after `ulimit -n {_ENOUGH}`."
    )
