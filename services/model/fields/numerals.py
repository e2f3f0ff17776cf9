"""Numbers as people write them in files and boxes, where only one reading is possible."""

import re

_BY_COMMAS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?P<rest>\.[0-9]*)?")
_BY_POINTS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?P<rest>,[0-9]*)?")
_WITH_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:\s[0-9]{3})+)(?:\.[0-9]*)?")


class TwoReadings(ValueError):  # noqa: N818 - says what the text has
    """A number that means one thing in London and another one in Berlin."""


def numeral(text: str, *, whole: bool) -> str:
    """The number as Python writes it: 1,234.50 and 1.234,50 are both 1234.50.

    What is no such number is returned as it is. Raises TwoReadings: 1,234 may be a thousand and
    more or, unless it has to be `whole`, one and a bit; 1.234 the other way round.
    """
    if found := _BY_COMMAS.fullmatch(text):
        if not (whole or found["rest"] or text.count(",") > 1):
            raise TwoReadings(text)
        return text.replace(",", "")
    if found := _BY_POINTS.fullmatch(text):
        if found["rest"] is None and text.count(".") == 1:
            return _single_point(text, whole=whole)
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if _WITH_COMMA.fullmatch(text) else text


def _single_point(text: str, *, whole: bool) -> str:
    if whole:
        raise TwoReadings(text)
    return text


def tidy_number(text: str, unit: str = "") -> str:
    """A number without its unit and what people write between its thousands: 1,250.50 is 1250.50.

    A comma anywhere else may mean something else, and is left to be refused.
    """
    number = text.strip().replace("−", "-").removesuffix(unit).strip()
    grouped = _THOUSANDS.fullmatch(number)
    return re.sub(r"[,\s]", "", number) if grouped else number
