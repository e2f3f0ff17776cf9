"""The command line: ``python -m services.moto_server``."""

import argparse
import os
import sys
from pathlib import Path

from services.moto_server import discovery
from services.moto_server.http.guard import is_loopback

DEFAULT_COMPACT_BYTES = 16 * 1024 * 1024


def parser() -> argparse.ArgumentParser:
    """Every option that there is; the environment is not read."""
    made = argparse.ArgumentParser(
        prog="python -m services.moto_server",
        description="Moto's AWS, safe to share between programs and hard to lose.",
    )
    made.add_argument("-p", "--port", type=int, default=3000, help="0 picks a free one")
    made.add_argument("-H", "--host", default="127.0.0.1", help="a loopback address")
    made.add_argument("--data-dir", type=Path, help="remember everything in this folder")
    made.add_argument(
        "--compact-bytes",
        type=int,
        default=DEFAULT_COMPACT_BYTES,
        help="write a snapshot when the journal is larger than this",
    )
    return made


def main() -> int:
    """Read the arguments and serve; the exit code.

    Whoever started it can tell from EX_TEMPFAIL that another process serves the folder, and from
    EX_UNAVAILABLE that the port is taken.
    """
    arguments = parser()
    chosen = arguments.parse_args()
    if not is_loopback(chosen.host):
        arguments.error(f"{chosen.host} is not a loopback address: this server is for this machine")
    try:
        if chosen.data_dir:
            discovery.lock(chosen.data_dir)
    except discovery.AlreadyServedError as error:
        sys.stderr.write(f"{error}\n")
        return os.EX_TEMPFAIL
    # Importing Moto takes a second: not for who gives wrong arguments or is turned away.
    from services.moto_server.options import Options
    from services.moto_server.server import serve

    return serve(Options(chosen.host, chosen.port, chosen.data_dir, chosen.compact_bytes))


if __name__ == "__main__":
    sys.exit(main())
