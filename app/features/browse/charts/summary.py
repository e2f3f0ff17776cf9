"""Summary facets: the cards above the table."""

from app.features.browse.charts.charts import charts
from app.shell.components.component import component
from services.model.query import AssetPage, AssetQuery


def summary(page: AssetPage, query: AssetQuery) -> None:
    """Draw the number of assets and the charts asked for; their bars filter."""
    data = {
        "title": "Assets",
        "number": f"{page.total:,}",
        "note": f"of {page.everything:,} in the basket" if query.narrows else "in the basket",
        "charts": charts(page, query),
    }
    component("features/browse/charts/summary.js")(data=data, key="glance")
