"""SQS long polls that keep nobody else waiting.

ReceiveMessage with WaitTimeSeconds waits inside Moto; under the one lock that would stop all
other requests for up to 20 seconds, among them the SendMessage that it waits for.
"""

import threading
from typing import Any

from moto.sqs.models import Queue

from services.moto_server.patches import clock, seeded_random
from services.moto_server.patches.patching import replace


def install(lock: threading.Lock) -> None:
    """Let Moto's queues wait without ``lock``, which every request holds."""

    def wait_for_messages(queue: Any, timeout: float) -> None:
        if clock.is_replaying():
            clock.set_to(clock.now() + timeout)
            return
        seed, was_frozen = seeded_random.current_seed(), clock.is_frozen()
        with queue._messages_lock:
            lock.release()
            queue._messages_lock.wait(timeout)
        lock.acquire()
        # Others had the lock, and with it chance and clock.
        if seed is not None:
            seeded_random.reseed(seed)
        clock.set_to(clock.true_time() if was_frozen else None)

    replace(Queue, wait_for_messages=wait_for_messages)
