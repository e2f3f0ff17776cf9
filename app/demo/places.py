"""Where a step takes place in an app."""

from urllib.parse import urlencode

from app.demo.shots import Place
from app.demo.stage import Stage
from app.scripts.yaml_lines import BadScript
from services.tour.script import Step


def name_of(step: Step, number: int) -> str:
    """What the pictures of a step are called, in the order of the steps."""
    return f"{number:02}-{step.name}"


def place_of(step: Step, number: int, site: Stage) -> Place:
    """Where a step takes place in this app. Raises BadScript if its asset is not there."""
    asked = dict(step.where.filters)
    if step.where.asset:
        asked["id"] = site.asset(step.where.asset)
        if not asked["id"]:
            raise BadScript(f"Step “{step.name}”: there is no asset “{step.where.asset}”.")
    path = "" if step.where.page == "browse" else step.where.page
    query = f"?{urlencode(asked, doseq=True)}" if asked else ""
    return Place(name_of(step, number), f"{path}{query}")
