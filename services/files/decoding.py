"""From bytes to text: the encoding is found or chosen, and nothing is replaced."""

import codecs
import gzip
import io
import zlib

from charset_normalizer import from_bytes

from services.files.sheet import MAX_BYTES, refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
GZIP = b"\x1f\x8b"
"""How a gzip file begins."""
_NO_FILES = frozenset({"idna", "punycode", "undefined"})
"""Python's encodings of names, which take for ever for a whole file."""
_SAMPLE = 100_000
_CHUNK = 1024 * 1024


def unpacked(content: bytes) -> bytes:
    """The content, unpacked if it is a gzip file.

    Raises Unreadable if it is too large or damaged.
    """
    if not content.startswith(GZIP):
        return _checked(content)
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            return _checked(packed.read(MAX_BYTES + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("This gzip file is damaged.") from error


def _checked(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise refuse(f"This file is larger than {MAX_BYTES // 1024**2} MB. Split it.")
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise refuse("This file is empty.")
    return content


def decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and its encoding. Raises Unreadable with the line that cannot be read."""
    chosen = encoding or _found(content)
    try:
        if codecs.lookup(chosen).name in _NO_FILES:
            raise LookupError(chosen)
        return content.decode(chosen), chosen
    except UnicodeError as error:
        line = content.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise refuse(
            f"Line {line} is not valid {chosen}. Choose another encoding.", line
        ) from error
    except (LookupError, ValueError) as error:
        raise refuse(f"There is no encoding “{chosen[:40]}”.") from error


def _found(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if _is_utf8(content):
        return "utf-8"
    best = from_bytes(content[:_SAMPLE]).best()
    return best.encoding if best is not None and _decodes(content, best.encoding) else "cp1252"


def _is_utf8(content: bytes) -> bool:
    return _decodes(content, "utf-8")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeError:
        return False
    return True
