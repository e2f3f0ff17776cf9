"""What our Moto leaves in its folder: there is news, before whoever made it is told so."""

from pathlib import Path

import pytest

from services.store.change_counter import ChangeCounter
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import TableSource
from tests.fakes.assets import entered
from tests.integration.stores import Kept


@pytest.fixture
def kept(kept: Kept) -> Kept:
    kept.catalogue.read()
    return kept


def test_a_change_is_felt_and_a_look_is_not(kept: Kept) -> None:
    pulse = kept.supervisor.pulse
    before = pulse.read()

    made = kept.assets.add(entered(), by="Ada")
    after = pulse.read()
    kept.assets.get(made.identifier)
    kept.gateway.quick.scan(TableName=kept.table)

    assert before is not None
    assert before != after
    assert pulse.read() == after


def test_a_change_that_is_refused_is_felt_as_well(kept: Kept) -> None:
    before = kept.supervisor.pulse.read()

    with pytest.raises(kept.gateway.write.exceptions.ResourceNotFoundException):
        kept.gateway.write.delete_item(
            TableName="Nowhere", Key={"PK": {"S": "a"}, "SK": {"S": "b"}}
        )

    assert kept.supervisor.pulse.read() != before


def test_another_programs_change_is_seen_by_the_very_next_look(kept: Kept) -> None:
    other = kept.another()
    for number in range(20):
        name = f"Asset {number}"
        made = other.assets.add(entered(name=name), by="Bob")
        assert kept.catalogue.read().line(made.identifier), name


def test_the_pulse_of_another_folder_is_not_trusted(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "moto.pulse").write_bytes(bytes(24))
    source = TableSource(kept.gateway, kept.table, exports=True, pulse=ChangeCounter(tmp_path))
    catalogue = Catalogue(source)
    catalogue.read()

    made = kept.assets.add(entered(), by="Ada")

    assert source.pulse() is None
    assert catalogue.read().line(made.identifier)


def test_a_pulse_that_was_cut_short_is_no_pulse(tmp_path: Path) -> None:
    (tmp_path / "moto.pulse").write_bytes(bytes(24))
    pulse = ChangeCounter(tmp_path)
    assert pulse.read() == bytes(24)

    (tmp_path / "moto.pulse").write_bytes(bytes(23))

    assert pulse.read() is None
