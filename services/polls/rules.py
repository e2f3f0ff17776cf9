"""Rules for questions and answers."""

from services.errors import InvalidAnswer, InvalidQuestion
from services.model.question import (
    FEWEST_OPTIONS,
    LONGEST_ANSWER,
    LONGEST_END,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    Asked,
    Question,
)
from services.names import tidy


def tidied(asked: Asked) -> Asked:
    """The question as it is kept; what its kind has no use for is left out.

    Raises InvalidQuestion.
    """
    text = tidy(asked.text)
    if not text:
        raise InvalidQuestion("Write the question that you ask.", "text")
    if len(text) > LONGEST_QUESTION:
        raise InvalidQuestion(f"A question has {LONGEST_QUESTION} characters at the most.", "text")
    kept = {"identifier": asked.identifier, "kind": asked.kind, "text": text}
    if asked.kind == "choice":
        return Asked(**kept, options=_options(asked.options))
    if asked.kind == "scale":
        return Asked(**kept, lowest=_end(asked.lowest), highest=_end(asked.highest))
    return Asked(**kept)


def answer_to(question: Question, value: str) -> str:
    """The answer as it is kept. Raises InvalidAnswer."""
    if question.kind != "text":
        if value not in question.choices:
            raise InvalidAnswer("Choose one of the answers.")
        return value
    words = value.encode("utf-8", "replace").decode().strip()
    if not words:
        raise InvalidAnswer("Write an answer.")
    if len(words) > LONGEST_ANSWER:
        raise InvalidAnswer(f"An answer has {LONGEST_ANSWER:,} characters at the most.")
    return words


def _options(typed: tuple[str, ...]) -> tuple[str, ...]:
    options = tuple(option for option in map(tidy, typed) if option)
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise InvalidQuestion(
            f"Give {FEWEST_OPTIONS} to {MOST_OPTIONS} answers to choose from.", "options"
        )
    if any(len(option) > LONGEST_OPTION for option in options):
        raise InvalidQuestion(
            f"An answer to choose has {LONGEST_OPTION} characters at the most.", "options"
        )
    if len({option.casefold() for option in options}) < len(options):
        raise InvalidQuestion("Two of the answers are the same.", "options")
    return options


def _end(typed: str) -> str:
    label = tidy(typed)
    if len(label) > LONGEST_END:
        raise InvalidQuestion(
            f"What an end of the scale is called has {LONGEST_END} characters at the most.",
            "ends",
        )
    return label
