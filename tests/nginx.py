"""One nginx before running apps, as people put one there: as the docs say, and otherwise."""

import contextlib
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.bench.processes import Process, spawned, wait_until
from tests.readme import blocks

NAME = "basket.localhost"
"""Browsers look it up nowhere; a name of loopback's all the same, but not for the app."""
_MAIN = """
daemon off;
pid {folder}/pid;
error_log stderr;
worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{parts}
}}
"""
# The newest releases of nginx do what `lasting` asks for without being told.
PLAIN: Mapping[str, str] = {
    "plain": "",
    "http11": "proxy_http_version 1.1;",
    "lasting": 'proxy_http_version 1.1; proxy_set_header Connection "";',
    "forwarding": """proxy_http_version 1.1; proxy_set_header Connection "";
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;""",
    "named": 'proxy_http_version 1.1; proxy_set_header Connection ""; '
    "proxy_set_header Host $http_host;",
}
"""By name: what somebody has set beside `proxy_pass`."""


@dataclass(frozen=True)
class Part:
    """What nginx serves on one port."""

    port: int
    text: str


def plain(port: int, app: str, more: str = "", path: str = "/") -> Part:
    """Nothing but `proxy_pass`, for other machines too, as nginx does unless told otherwise."""
    return Part(port, f"server {{ listen {port}; location {path} {{ proxy_pass {app}; {more} }} }}")


def as_readme_says(port: int, app: str, path: str, folder: Path) -> Part:
    """The configuration of app/docs/server.md, with our port, path and certificate."""
    [text] = blocks("nginx")
    for pattern, ours in (
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r"location /basket/ ", f"location {path} "),
        (r"http://127\.0\.0\.1:8000", app),
        (r"(ssl_certificate +)[^;]+", rf"\g<1>{folder}/cert"),
        (r"(ssl_certificate_key +)[^;]+", rf"\g<1>{folder}/key"),
        (r"demo\.example\.org", NAME),
        (r"connection_upgrade", f"connection_upgrade_{port}"),
    ):
        text, found = re.subn(pattern, ours, text)
        assert found, pattern
    return Part(port, text)


@contextlib.contextmanager
def nginx(folder: Path, *parts: Part) -> Iterator[Process]:
    """An nginx in a folder of its own, which serves until the block ends."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert program, "There is no nginx here: root runs tests/browser/install.sh."
    _make_certificate(folder)
    conf = folder / "nginx.conf"
    conf.write_text(_MAIN.format(folder=folder, parts="\n".join(part.text for part in parts)))
    command = [program, "-p", str(folder), "-c", str(conf), "-e", "stderr"]
    with spawned("nginx", command, folder=folder, log=folder / "log") as process:
        wait_until(process, lambda: all(_answers(part.port) for part in parts))
        yield process


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
        return True
    return False


def _make_certificate(folder: Path) -> None:
    """One that nobody but we have signed."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
