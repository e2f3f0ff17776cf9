"""What an import would do, in plain words, and the button that does it."""

import io
from collections import Counter
from itertools import islice
from typing import Any

import pandas as pd
import streamlit as st

from app.features.importing.upload import Prepared
from app.fields.values import display
from app.shell.messages import problem_note
from services.files.writing import write
from services.importing.plan import Plan, RowProblem, problems_as_rows
from services.model.current import fields

_SHOWN = 50
_SAMPLE = 5
_HEADINGS = ["Row", "Column", "What is wrong"]


def confirmed(plan: Plan, file: Prepared) -> bool:
    """Draw what would happen; whether it was confirmed."""
    st.subheader("What will happen", anchor=False)
    with st.container(key="plan", gap="small"):
        for line in _lines(plan):
            st.markdown(line)
    _problems(plan, file)
    _sample(plan)
    count = len(plan.to_do)
    if not count:
        problem_note(_why_not(plan))
    noun = "asset" if count == 1 else "assets"
    return st.button(
        f"Import {count:,} {noun}" if count else "Import",
        type="primary",
        icon=":material/upload:",
        disabled=not count,
        key=f"confirm {file.name}",
    )


def _lines(plan: Plan) -> list[str]:
    said = {
        "add": "will be **added**",
        "update": "will be **updated**",
        "same": "are in the basket already, exactly so",
        "refuse": "are **refused**",
    }
    counts: dict[Any, int] = {action: plan.count(action) for action in said}  # type: ignore[arg-type]
    return [
        f"{count:,} {'row' if count == 1 else 'rows'} {_singular(said[action], count)}"
        for action, count in counts.items()
        if count
    ]


def _singular(said: str, count: int) -> str:
    return said.replace("are ", "is ", 1) if count == 1 else said


def _why_not(plan: Plan) -> str:
    if plan.count("refuse") == len(plan.steps):
        return "Nothing can be imported like this yet."
    if plan.count("refuse"):
        return "Nothing is imported as it is: mend these rows, or import the others without them."
    return "There is nothing to do: the basket holds all of this already."


def _problems(plan: Plan, file: Prepared) -> None:
    counted = Counter((problem.column, problem.message) for problem in plan.problems)
    everywhere = [what for what, count in counted.items() if count == len(plan.steps) > 1]
    for column, message in everywhere:
        problem_note(f"Every row{f', column {column}' if column else ''}: {message}")
    problems = [p for p in plan.problems if (p.column, p.message) not in everywhere]
    if not problems:
        return
    st.dataframe(
        _frame(problems[:_SHOWN]), hide_index=True, key=f"problems {file.name}", height="content"
    )
    more = f", the first {_SHOWN} are shown" if len(problems) > _SHOWN else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        noun = "problem" if len(problems) == 1 else "problems"
        st.caption(f"{len(problems):,} {noun}{more}.", width="content")
        st.download_button(
            "Download the list",
            lambda: _as_csv(problems),
            file_name="import-problems.csv",
            mime="text/csv",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
            key=f"list {file.name}",
        )


def _frame(problems: list[RowProblem]) -> pd.DataFrame:
    return pd.DataFrame(list(problems_as_rows(problems)), columns=_HEADINGS)


def _as_csv(problems: list[RowProblem]) -> bytes:
    out = io.BytesIO()
    write(_HEADINGS, problems_as_rows(problems), "csv", out)
    return out.getvalue()


def _sample(plan: Plan) -> None:
    """The first assets as they will be: a wrong column is seen at a glance."""
    steps = list(islice((step for step in plan.steps if step.action == "add"), _SAMPLE))
    if not steps:
        return
    st.caption(f"The first {'one' if len(steps) == 1 else len(steps)} of the new assets:")
    rows = [
        {spec.label: display(spec, step.values.get(spec.name)) for spec in fields()}
        for step in steps
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height="content", key="sample")
