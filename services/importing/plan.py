"""What an import would do, row by row, before anything is written."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import ValidationError

from services.errors import InvalidAsset
from services.files.sheet import Row, Sheet
from services.importing.basket import Known
from services.importing.matching import IDENTIFIER, Choices
from services.model.current import Model, current
from services.model.fields.cells import UnclearCell, reader_of
from services.model.fields.flat import emptied, flat, nested
from services.model.problem import Problem
from services.model.words import explain
from services.store.attributes import serialized

_SURELY_STORABLE = 38
"""Signs of a number that the store holds in any case."""
_IDENTIFIER = re.compile(r"[\w.:-]{1,200}")
Action = Literal["add", "update", "same", "refuse"]


@dataclass(frozen=True)
class RowProblem:
    """Why a row is refused."""

    line: int
    column: str
    """The heading of the column; empty for the row as a whole."""
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a row does to one asset."""

    line: int
    action: Action
    identifier: str = ""
    version: int = 0
    """Of an asset that is updated: the one that it has now."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the row says, by field name, as JSON has it."""
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that an import would do."""

    choices: Choices
    steps: tuple[Step, ...]

    def count(self, action: Action) -> int:
        """How many rows do that."""
        return Counter(step.action for step in self.steps)[action]

    @property
    def problems(self) -> list[RowProblem]:
        """Everything that is wrong, in the order of the rows."""
        return [problem for step in self.steps for problem in step.problems]

    @property
    def to_do(self) -> list[Step]:
        """The steps that change anything, if they are to be taken."""
        if self.choices.all_or_nothing and self.count("refuse"):
            return []
        return [step for step in self.steps if step.action in ("add", "update")]


def make_plan(sheet: Sheet, choices: Choices, known: Known, name: str) -> Plan:
    """What importing the sheet would do to the basket as it is known.

    `name` tells this import from every other one: its new assets have identifiers that follow from
    it, so that taking a step twice adds one asset.
    """
    planner = _Planner(sheet, choices, known, name)
    return Plan(choices, tuple(planner.step(row) for row in sheet.rows))


class _Planner:
    def __init__(self, sheet: Sheet, choices: Choices, known: Known, name: str) -> None:
        self._model: Model = current()
        self._choices = choices
        self._known = known
        self._name = UUID(name) if _is_uuid(name) else uuid5(NAMESPACE_URL, name)
        self._places = {heading: place for place, heading in enumerate(sheet.columns)}
        self._readers = [
            (spec, self._places[choices.columns[spec.name]], reader_of(spec))
            for spec in self._model.fields
            if choices.columns.get(spec.name) in self._places
        ]
        self._numbers = [spec for spec in self._model.fields if spec.numeric]
        self._seen: dict[str, int] = {}

    def step(self, row: Row) -> Step:
        """What the row does."""
        values, problems = self._read(row)
        key = "" if problems else self._key(row, values)
        if not problems and self._choices.key:
            problems = self._of_the_key(row, key)
        if problems:
            return Step(row.line, "refuse", values=values, problems=tuple(problems))
        there = self._known.of(key) if self._choices.key else None
        whole = {**self._choices.fixed, **values}
        if there is not None:
            whole = {**there.values, **whole}
        # What a row leaves empty takes the model's default in a new asset, and is emptied in an
        # old one.
        empty = () if there is None else emptied(self._model.fields, whole)
        problems = self._check(row, whole, empty)
        if problems:
            return Step(row.line, "refuse", values=values, problems=tuple(problems))
        if there is None:
            return Step(row.line, "add", self._new_identifier(row, key), values=whole)
        changed = {name: value for name, value in whole.items() if value != there.values.get(name)}
        action: Action = "update" if changed else "same"
        return Step(row.line, action, there.identifier, there.version, changed)

    def _read(self, row: Row) -> tuple[dict[str, Any], list[RowProblem]]:
        values: dict[str, Any] = {}
        problems = []
        for spec, place, read in self._readers:
            try:
                values[spec.name] = read(row.cells[place])
            except UnclearCell as error:
                problems.append(RowProblem(row.line, self._heading(spec.name), str(error)))
        return values, problems

    def _check(self, row: Row, whole: dict[str, Any], empty: Container[str]) -> list[RowProblem]:
        """What is wrong with the values, which become what the model understands by them."""
        try:
            entered = self._model.input.model_validate(nested(self._model.fields, whole, empty))
        except ValidationError as error:
            return [
                RowProblem(row.line, self._heading(problem.field), problem.message)
                for problem in explain(error.errors(include_url=False))
            ]
        whole.update(flat(self._model.fields, entered.plain()))
        return [
            RowProblem(row.line, self._heading(problem.field), problem.message)
            for spec in self._numbers
            for problem in _not_storable(spec.name, whole[spec.name])
        ]

    def _key(self, row: Row, values: Mapping[str, Any]) -> str:
        if self._choices.key == IDENTIFIER:
            place = self._places.get(self._choices.columns.get(IDENTIFIER, IDENTIFIER))
            return "" if place is None else str(row.cells[place] or "").strip()
        return self._known.text(values.get(self._choices.key, self._fixed_key()))

    def _fixed_key(self) -> Any:
        return self._choices.fixed.get(self._choices.key)

    def _of_the_key(self, row: Row, key: str) -> list[RowProblem]:
        heading = self._heading(self._choices.key)
        if not key:
            if self._choices.key == IDENTIFIER:
                return []
            return [RowProblem(row.line, heading, "There is nothing to know the asset by.")]
        if self._choices.key == IDENTIFIER and not _IDENTIFIER.fullmatch(key):
            message = f"“{key[:60]}” is no identifier: at most 200 letters, digits and . _ : -"
            return [RowProblem(row.line, heading, message)]
        before = self._seen.setdefault(key, row.line)
        if before != row.line:
            message = f"“{key[:60]}” stands in row {before} already."
            return [RowProblem(row.line, heading, message)]
        problem = self._known.problem(key)
        return [RowProblem(row.line, heading, problem)] if problem else []

    def _heading(self, name: str) -> str:
        return self._choices.columns.get(name, "")

    def _new_identifier(self, row: Row, key: str) -> str:
        if self._choices.key == IDENTIFIER and key:
            return key
        return str(uuid5(self._name, str(row.line)))


def _not_storable(name: str, number: Any) -> Sequence[Problem]:
    """What is wrong with a number that the model takes and the store does not."""
    if number is None or len(str(number)) <= _SURELY_STORABLE:
        return ()
    try:
        serialized(name, Decimal(number))
    except InvalidAsset as error:
        return error.problems
    except ArithmeticError:
        # It does not look like a number: then it is the model's to say what it is.
        return ()
    return ()


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def problems_as_rows(problems: Sequence[RowProblem]) -> Iterator[list[str]]:
    """For a file: row, column, what is wrong."""
    return ([str(problem.line), problem.column, problem.message] for problem in problems)
