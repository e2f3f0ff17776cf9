"""What is installed is what is written down: every package below those chosen is pinned, too."""

from collections.abc import Iterator
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.settings import ROOT


def written(name: str) -> Iterator[Requirement]:
    """The requirements of a file, without its comments and its references to other files."""
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        said = line.partition("#")[0].strip()
        if said and not said.startswith("-"):
            yield Requirement(said)


def holds(requirement: Requirement, extra: str) -> bool:
    """Whether a package that was asked for with this extra needs it, on this Python and system."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def installed(chosen: list[Requirement]) -> dict[str, str]:
    """The versions of these and of everything that they stand on, whatever else is installed."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    ahead = [(one.name, extra) for one in chosen for extra in ("", *one.extras)]
    while ahead:
        name, extra = ahead.pop()
        if (canonicalize_name(name), extra) in seen:
            continue
        seen.add((canonicalize_name(name), extra))
        package = distribution(name)
        found[canonicalize_name(name)] = package.version
        for needed in map(Requirement, package.requires or ()):
            if holds(needed, extra):
                ahead += [(needed.name, more) for more in ("", *needed.extras)]
    return found


def pinned(requirements: Iterator[Requirement]) -> dict[str, str]:
    """The versions that are asked for here, on this Python and system."""
    here = [one for one in requirements if holds(one, "")]
    assert [one.name for one in here if not str(one.specifier).startswith("==")] == []
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in here}


def test_everything_that_the_chosen_packages_stand_on_is_pinned_as_installed() -> None:
    """After a change of a requirements file, `make constraints` writes constraints.txt anew."""
    chosen = [*written("requirements.txt"), *written("tests/requirements.txt")]
    assert installed(chosen) == pinned(written("constraints.txt"))


def test_what_is_chosen_is_pinned_in_both_files_alike() -> None:
    below = pinned(written("constraints.txt"))
    for name in ("requirements.txt", "tests/requirements.txt"):
        chosen = pinned(written(name))
        assert chosen == {one: below.get(one) for one in chosen}


def test_pip_is_held_to_the_pins_by_every_file_of_requirements() -> None:
    assert "-c constraints.txt" in (ROOT / "requirements.txt").read_text().splitlines()
    assert "-r ../requirements.txt" in (ROOT / "tests/requirements.txt").read_text().splitlines()
