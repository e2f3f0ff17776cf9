"""Maps with an empty name, told as they are.

Moto's JSON serializer takes the empty name for none and writes what stands under it in the place of
the map, so that no client can read the answer. AWS allows it inside of maps.
"""

from typing import Any

from moto.core.serialize import BaseJSONSerializer

from services.moto_server.patches.patching import original, replace

_STAND_IN = "\0"
_original = original(BaseJSONSerializer, "_serialize_type_map")


def install() -> None:
    """Put this module's way in the place of Moto's."""
    replace(BaseJSONSerializer, _serialize_type_map=_serialize_map)


def _serialize_map(
    serializer: BaseJSONSerializer, serialized: Any, value: Any, shape: Any, key: str
) -> None:
    if "" not in value:
        _original(serializer, serialized, value, shape, key)
        return
    named = {name or _STAND_IN: inner for name, inner in value.items()}
    _original(serializer, serialized, named, shape, key)
    made = serialized[serializer.get_serialized_name(shape, key)]
    made[""] = made.pop(_STAND_IN)
