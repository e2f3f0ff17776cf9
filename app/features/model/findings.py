"""What today's model changes against what is stored, one card a finding."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from app.features.model import steps
from app.features.model.confirm import Ask
from app.features.model.words import LONGEST, headline, label_at, shown_at
from app.fields.values import shorten
from app.shell.components.component import component
from app.shell.routes import address
from app.shell.words import as_label, count_of
from services.migration.drift import Drift, Example, Finding
from services.migration.steps import Step

_MESSAGES = 3
_VALUES = 5


def summary(drift: Drift) -> None:
    """Say in a sentence whether what is stored fits."""
    if not drift.total:
        st.info("No asset is stored yet: whatever the model says, it fits.", icon=":material/info:")
    elif not drift.findings:
        text = f"All {count_of(drift.total)} fit" if drift.total > 1 else "The one asset fits"
        st.success(f"{text} today's model.", icon=":material/check_circle:")
    else:
        things = "One thing" if len(drift.findings) == 1 else f"{len(drift.findings)} things"
        st.markdown(
            f"{things} to know about the {count_of(drift.total)} stored, those in the bin included."
            " Nothing is rewritten unless it is asked for here."
        )


def unused(drift: Drift) -> None:
    """Name the fields that no asset has, and that say nothing by themselves."""
    told = {finding.path[:1] for finding in drift.findings}
    names = [as_label(label_at(spec.path)) for spec in drift.unused if spec.path[:1] not in told]
    if names and drift.total:
        st.caption(f"Empty in every asset so far: {', '.join(names)}.")


def findings(drift: Drift, preview: Ask) -> Step | None:
    """Draw what was found with what can be done about it; returns the step to be done."""
    chosen = None
    for finding in drift.findings:
        with st.container(border=True, key=f"card {finding.kind} {finding.path}"):
            _card(finding, is_new=finding.path in {spec.path for spec in drift.unused})
            chosen = steps.offers(finding, drift, preview) or chosen
    return chosen


def _card(finding: Finding, *, is_new: bool) -> None:
    data = {
        "kind": finding.kind,
        "headline": headline(finding),
        "lines": [*_lines(finding), *(["No asset has it stored so far."] if is_new else [])],
        "more": {
            "label": _which(finding),
            "entries": [_entry(finding, example) for example in finding.examples],
        },
    }
    component("features/model/findings.js")(data=data, key=f"finding {finding.kind} {finding.path}")


def _which(finding: Finding) -> str:
    shown, count = len(finding.examples), finding.count
    return f"Show {'them' if shown == count else f'the first {shown} of them'}"


def _lines(finding: Finding) -> Iterator[str]:
    match finding.kind:
        case "misfit":
            for message, count in finding.messages[:_MESSAGES]:
                yield f"{message} ({count_of(count)})" if len(finding.messages) > 1 else message
            if len(finding.messages) > _MESSAGES:
                yield "And other reasons."
            if finding.path:
                yield f"Stored, for example: {_values(finding)}"
        case "gone":
            yield f"For example: {_values(finding)}"
            if finding.foreign:
                yield (
                    "As far as is known it never was in the model: another program may need it. "
                    "It stays as it is."
                )
        case "default":
            yield "They follow the default if the model changes it."
        case "lacking":
            yield "They are shown without it. Who edits one has to enter it."


def _values(finding: Finding) -> str:
    values = dict.fromkeys(shown_at(finding.path, each.value) for each in finding.examples)
    return ", ".join(list(values)[:_VALUES])


def _entry(finding: Finding, example: Example) -> dict[str, Any]:
    shown = finding.kind in ("misfit", "gone") and finding.path
    return {
        "title": shorten(example.title, LONGEST),
        "href": address(example.identifier),
        "value": shown_at(finding.path, example.value) if shown else "",
    }
