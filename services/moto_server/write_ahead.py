"""Write-ahead wrapper: a request’s change is on disk before its answer is sent."""

from collections.abc import Callable

from services.moto_server.http import classify, errors
from services.moto_server.http.wire import Answer, Request
from services.moto_server.journal.journal import Journal, NotSavedError
from services.moto_server.journal.record import Record
from services.moto_server.patches import clock, seeded_random
from services.moto_server.pulse import Pulse

Ask = Callable[[Request], Answer]


class Ledger:
    """Enters changes into the journal; without a journal everything is forgotten at the end.

    ``grown`` is called after each entry, and ``pulse`` beats after each request that may have
    changed something. Not safe for threads: callers hold the lock.
    """

    def __init__(
        self, journal: Journal | None, grown: Callable[[], None], pulse: Pulse | None = None
    ) -> None:
        self._journal = journal
        self._grown = grown
        self._pulse = pulse

    def entered(self, request: Request, ask: Ask) -> Answer:
        """Moto's answer to ``request``, or an error if its effect cannot be made to last."""
        if self._journal is None:
            return ask(request)
        try:
            # Before reads as well: they could show a change that a crash would take back.
            self._journal.flush()
        except NotSavedError as error:
            return errors.failure(
                request, "503 Service Unavailable", "ServiceUnavailable", str(error)
            )
        if not classify.is_write(request):
            return ask(request)
        try:
            self._journal.check()
        except NotSavedError as error:
            return errors.failure(
                request, "503 Service Unavailable", "ServiceUnavailable", str(error)
            )
        if classify.is_copying(request):
            return ask(request)
        try:
            if classify.is_ephemeral(request):
                return ask(request)
            return self._change(self._journal, request, ask)
        finally:
            # Also after a failure: what Moto refuses may still have left something behind.
            if self._pulse:
                self._pulse.beat()

    def _change(self, journal: Journal, request: Request, ask: Ask) -> Answer:
        seed, moment = seeded_random.fresh_seed(), clock.now()
        with clock.frozen(moment), seeded_random.seeded(seed):
            answer = ask(request)
        if not answer.succeeded or classify.changed_nothing(request, answer.body):
            return answer
        try:
            journal.append(Record(seed, moment, request).to_bytes())
        except NotSavedError as error:
            return errors.failure(
                request, "500 Internal Server Error", "InternalFailure", str(error)
            )
        self._grown()
        return answer
