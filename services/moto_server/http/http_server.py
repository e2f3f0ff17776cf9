"""cheroot, set up for many small requests from a few local programs."""

from typing import Any

from cheroot import wsgi
from moto.core.request import environ_key_for_header, should_preserve_original_header_name

from services.moto_server.http.wire import PRESERVED_NAMES, WsgiApp, decoded_path

MAX_BODY = 64 * 1024 * 1024
# More than there are clients, so that the status route finds a thread while they queue.
THREADS = 48
KEEP_ALIVE_SECONDS = 300


class _Gateway(wsgi.Gateway_10):
    """Adds what Moto expects from werkzeug's server: raw path and original header names."""

    def get_environ(self) -> Any:
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        if self.req.chunked_read:
            # cheroot leaves the trailer of a chunked body unread on the connection.
            self.req.close_connection = True
        environ["RAW_URI"] = environ["REQUEST_URI"]
        # cheroot keeps %2F encoded in the path, werkzeug (so Moto) expects it decoded.
        environ["PATH_INFO"] = decoded_path(environ["RAW_URI"].partition("?")[0])
        environ[PRESERVED_NAMES] = self._preserved_names()
        return environ

    def _preserved_names(self) -> dict[str, str]:
        names = (name.decode("latin-1").lower() for name in self.req.inheaders)
        return {
            environ_key_for_header(n): n for n in names if should_preserve_original_header_name(n)
        }


class HttpServer(wsgi.Server):
    """Serves ``app`` on a loopback address; port 0 picks a free one."""

    keep_alive_conn_limit = 1000
    max_request_body_size = MAX_BODY
    max_request_header_size = 64 * 1024

    def __init__(self, host: str, port: int, app: WsgiApp) -> None:
        super().__init__(
            (host, port),
            app,
            numthreads=THREADS,
            server_name="asset-basket-moto",
            request_queue_size=256,
            timeout=KEEP_ALIVE_SECONDS,
        )
        self.gateway = _Gateway

    @property
    def address(self) -> tuple[str, int]:
        """Host and port that it really listens on."""
        host, port = self.bind_addr[:2]
        return str(host), int(port)
