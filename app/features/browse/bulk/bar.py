"""Bar above the table while rows are selected: edit, bin, export."""

import streamlit as st

from app.features.browse.bulk import form as bulk_form
from app.features.browse.bulk import job as bulk_job
from app.features.browse.bulk.form import Known
from app.features.browse.table import selection
from app.features.browse.table.selection import Place
from app.features.browse.toolbar.exports import export_picked
from app.shell.frame import who
from app.shell.markup import show_html
from services.access import Role
from services.assets.exporting import ExportService
from services.bulk.service import BulkService
from services.model.query import BIN, EVERYTHING, AssetQuery
from services.model.record import new_identifier

_AT_ONCE = 25
"""So many go to the bin without another question; bringing them back is as quick."""


def in_basket(
    bulk: BulkService, exports: ExportService, query: AssetQuery, known: Known, role: Role
) -> None:
    """Draw what can be done with what is picked in the basket; `known`: values in use by field."""
    with st.container(key="acting"):
        bulk_job.follow(bulk, role)
        if number := _number(bulk, "basket", EVERYTHING):
            with st.container(horizontal=True, vertical_alignment="center", key="picked"):
                _count(bulk, "basket", number, query)
                st.button(
                    "Edit a field", icon=":material/edit:", on_click=_edit, args=(bulk,), key="edit"
                )
                st.button(
                    "Move to bin", icon=":material/delete:", on_click=_bin, args=(bulk,), key="bin"
                )
                export_picked(exports, list(selection.picked("basket")), number)
                _let_go("basket")
    bulk_form.draw(bulk, known)


def in_bin(bulk: BulkService, role: Role) -> None:
    """Draw what can be done with what is picked in the bin."""
    with st.container(key="acting"):
        bulk_job.follow(bulk, role)
        if number := _number(bulk, "bin", BIN):
            with st.container(horizontal=True, vertical_alignment="center", key="picked"):
                _count(bulk, "bin", number, BIN)
                st.button(
                    "Restore",
                    icon=":material/restore_from_trash:",
                    on_click=_restore,
                    args=(bulk,),
                    key="restore",
                )
                if role == "presenter":
                    st.button(
                        "Delete for good",
                        icon=":material/delete_forever:",
                        on_click=_erase,
                        args=(bulk,),
                        key="erase",
                    )
                _let_go("bin")
    bulk_form.draw_in_bin(bulk, role)


def _number(bulk: BulkService, place: Place, whole: AssetQuery) -> int:
    """How many of what is picked still is there."""
    picked = selection.picked(place)
    return bulk.count(picked, whole) if picked else 0


def _count(bulk: BulkService, place: Place, number: int, query: AssetQuery) -> None:
    shown = bulk.count(selection.picked(place), query)
    show_html(
        '<span role="status"><strong>{{ "{:,}".format(number) }}</strong> selected '
        '{% if hidden %}<small>{{ "{:,}".format(hidden) }} not shown</small>{% endif %}</span>',
        number=number,
        hidden=max(0, number - shown),
    )
    total = bulk.total(query)
    if shown < total:
        st.button(
            f"Select all {total:,}",
            type="tertiary",
            on_click=_pick_all,
            args=(bulk, place, query),
            key="pick all",
        )


def _let_go(place: Place) -> None:
    st.button(
        "Clear",
        type="tertiary",
        icon=":material/close:",
        on_click=selection.let_go,
        args=(place,),
        key="let go",
    )


def _pick_all(bulk: BulkService, place: Place, query: AssetQuery) -> None:
    selection.pick(place, bulk.matching(query))


def _edit(bulk: BulkService) -> None:
    bulk_form.begin("edit", bulk.versions(selection.picked("basket")))


def _bin(bulk: BulkService) -> None:
    chosen = bulk.versions(selection.picked("basket"))
    if len(chosen) > _AT_ONCE:
        bulk_form.begin("bin", chosen)
    elif chosen:
        selection.let_go("basket")
        bulk_job.show(bulk.bin_all(chosen, by=who(), name=new_identifier()))


def _erase(bulk: BulkService) -> None:
    bulk_form.begin("erase", bulk.versions(selection.picked("bin"), binned=True))


def _restore(bulk: BulkService) -> None:
    chosen = bulk.versions(selection.picked("bin"), binned=True)
    if chosen:
        selection.let_go("bin")
        bulk_job.show(bulk.restore_all(chosen, by=who(), name=new_identifier()))
