"""Decisions put into effect: what was approved is the new baseline, what was said is feedback."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from services.feedback.service import FeedbackService
from services.model.feedback import FeedbackInput, Kind, PageContext
from services.names import LONGEST_NAME, tidy
from services.review.decisions import Decision, Decisions
from services.sessions.service import SessionService

Say = Callable[[FeedbackInput], None]


@dataclass
class Applied:
    """What came of it."""

    said: int = 0
    accepted: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    """Approved, but the picture is another one by now: left alone."""


def speaker(sessions: SessionService, feedback: FeedbackService, reviewer: str) -> Say:
    """Says something as feedback of the session that is live, under the reviewer's name."""
    name = tidy(reviewer)[:LONGEST_NAME] or "Reviewer"
    person = f"review-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
    code = sessions.receiving("")
    return lambda given: feedback.give(code, given, person=person, by=name)


def apply(decisions: Decisions, baseline: Path, shots: Path, say: Say) -> Applied:
    """Say what was said, then accept what was approved; doing it again changes nothing.

    Raises StoreUnavailable, and then nothing is accepted yet.
    """
    done = Applied()
    for one in decisions.decisions:
        for given in remarks(one, decisions):
            say(given)
            done.said += 1
    approved = [one for one in decisions.decisions if one.decision == "approve"]
    accepted = accept(approved, baseline, shots)
    accepted.said = done.said
    return accepted


def remarks(one: Decision, decisions: Decisions) -> Iterator[FeedbackInput]:
    """What was said of one picture: its comment and each pin."""
    kind: Kind = "problem" if one.decision == "changes" else "idea"
    comment = one.comment.strip()
    if comment or one.decision == "changes":
        yield _given(one, decisions, kind, comment or "Changes are requested.", "comment")
    for number, pin in enumerate(one.pins, 1):
        at = f"Pin {number}, {pin.x:.0f} % from the left, {pin.y:.0f} % from the top"
        yield _given(one, decisions, kind, f"{at}: {pin.text.strip() or '(no text)'}", str(number))


def _given(one: Decision, decisions: Decisions, kind: Kind, text: str, part: str) -> FeedbackInput:
    told = "\n".join((decisions.pack, decisions.reviewer, one.file, part, text))
    # The same remark has the same number, so that it is kept once.
    number = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    name, *window = Path(one.file).stem.rsplit("-", 2)
    place = PageContext(
        page=f"Review: {Path(one.file).parent.as_posix()}/{name}",
        address=f"review?{urlencode({'shot': one.file})}",
        viewport=window[0] if window else "",
        theme=window[-1] if window else "",
    )
    text = text.encode("utf-8", "replace").decode()
    return FeedbackInput(identifier=number, kind=kind, text=text, place=place)


def accept(approved: Sequence[Decision], baseline: Path, shots: Path) -> Applied:
    """Take what was approved as the baseline, as far as it still is what was looked at.

    All pictures are copied aside first: what can fail has failed before any is replaced.
    """
    done = Applied()
    baseline.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=baseline, prefix=".accepting-") as aside:
        ready: list[tuple[Path, str]] = []
        for number, one in enumerate(approved):
            copy = Path(aside) / str(number)
            if _is_current(one, baseline, shots, copy):
                ready.append((copy, one.file))
            else:
                done.outdated.append(one.file)
        for copy, file in ready:
            _put(copy, file, baseline, done)
    return done


def _is_current(one: Decision, baseline: Path, shots: Path, copy: Path) -> bool:
    """Whether the picture is the one that was looked at; if it is to be kept, it is in `copy`."""
    there = shots / one.file
    if one.status == "removed":
        old = baseline / one.file
        return not there.exists() and (not old.exists() or _digest(old) == one.digest)
    if not there.is_file():
        return False
    shutil.copyfile(there, copy)
    return _digest(copy) == one.digest


def _put(copy: Path, file: str, baseline: Path, done: Applied) -> None:
    target = baseline / file
    if not copy.exists():
        target.unlink(missing_ok=True)
        done.removed.append(file)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    copy.replace(target)
    done.accepted.append(file)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
