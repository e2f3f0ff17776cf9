"""What there is to tell of two folders of pictures, one picture after the other.

`python -m app.features.review.telling BEFORE AFTER` writes it as a line of JSON each.
"""

import base64
import json
import os
import sys
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from app.scripts.shipped import followable
from services.review.gathering import BadShots, compare
from services.review.pictures import files, read
from services.review.rows import row

_NICENESS = 10


def tell(before: Path, after: Path) -> Generator[dict[str, Any], None, None]:
    """How many there are, then each."""
    there = sorted({*files(before), *files(after)})
    yield {"total": len(there)}
    scripts = followable()
    for file in there:
        try:
            shot = compare(file, read(before / file), read(after / file), scripts)
            told = row(shot)
        except BadShots as error:
            yield {"broken": str(error)}
        else:
            yield {"row": told, "marks": base64.b64encode(shot.marks).decode()}


def main(arguments: Sequence[str]) -> None:
    """Write it."""
    os.nice(_NICENESS)
    before, after = map(Path, arguments)
    for told in tell(before, after):
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
