"""Run the benchmarks: `python -m tests.bench [NAME…]`, all of them without a name."""

import argparse
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial

from tests.bench import (
    click,
    imports,
    iteration,
    memory,
    pictures,
    recovery,
    rerun,
    review,
    scenarios,
    session,
    start,
    store,
    together,
)
from tests.bench.report import NotMeasured, Result, heading, line, not_measured, summary, write
from tests.bench.servers import ROOT

BENCHMARKS: dict[str, Callable[[], list[Result]]] = {
    "rerun": rerun.at_500_assets,
    "rerun-5000": rerun.at_5000_assets,
    "rerun-50000": rerun.at_50000_assets,
    "together": together.ten_sessions,
    "session": session.of_fifty,
    "click": click.on_a_filter,
    "field": iteration.adding_a_field,
    "start": start.empty,
    "start-50000": start.with_50000_assets,
    "add": store.add,
    "writes": store.writes,
    "import": imports.of_10000_rows,
    "import-100000": imports.of_100000_rows,
    "scenarios": scenarios.loading_crowded,
    "pictures": pictures.of_the_shipped_script,
    "review": review.of_100_shots,
    "recovery": recovery.after_a_kill,
    "memory": memory.after_much_work,
}


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(BENCHMARKS))
    told = "how long the fifty people of `session` stay together"
    parser.add_argument("--minutes", type=float, default=session.MINUTES, help=told)
    given = parser.parse_args(arguments)
    chosen: list[str] = given.name or list(BENCHMARKS)
    benchmarks = BENCHMARKS | {"session": partial(session.of_fifty, given.minutes)}
    if unknown := [name for name in chosen if name not in BENCHMARKS]:
        parser.error(f"no benchmark {unknown}; there are {', '.join(BENCHMARKS)}")
    # An interrupted benchmark takes its servers along, however it is interrupted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results: list[Result] = []
    failed: list[str] = []
    print(heading(), flush=True)
    for name in chosen:
        try:
            measured = benchmarks[name]()
        except NotMeasured as reason:
            measured = [not_measured(name, reason)]
        except Exception:  # noqa: BLE001 - shown in full, and the exit code tells; the rest goes on
            traceback.print_exc()
            failed.append(name)
            continue
        print("".join(f"{line(result)}\n" for result in measured), end="", flush=True)
        results += measured
    write(results, ROOT / "build" / "bench.json")
    print(summary(results))
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
