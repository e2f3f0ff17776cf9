"""Every patch of Streamlit, in the order in which they are applied."""

from app.streamlit_compat import navigation, run_limiter, runs, speed
from app.streamlit_compat.names import Patch, holds

PATCHES: tuple[Patch, ...] = (
    *speed.PATCHES,
    run_limiter.PATCH,
    navigation.PATCH,
    *runs.PATCHES,
)


def apply_patches() -> None:
    """Apply each whose names are all there; the log names the others. Call it once, at start."""
    for patch in [patch for patch in PATCHES if holds(patch)]:
        patch.apply()
