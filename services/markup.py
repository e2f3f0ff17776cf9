"""HTML from a template: every value in it is shown as it is, whoever typed it."""

from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

_JINJA = Environment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


def html(template: str, /, **values: object) -> str:
    """A Jinja template, filled in."""
    return _compiled(template).render(values)


def trusted(text: str) -> Markup:
    """A text of our own that is HTML or CSS already, to be put into a template as it is."""
    return Markup(text)  # noqa: S704 - nobody has typed it


@cache
def _compiled(template: str) -> Template:
    return _JINJA.from_string(template)
