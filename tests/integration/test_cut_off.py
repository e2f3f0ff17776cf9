"""An answer whose server died while it was sent."""

import socket
import threading

import pytest
from botocore.exceptions import ConnectionClosedError

from services.store.connection import QUICK, Connection


def test_an_answer_that_was_cut_off_is_none() -> None:
    def serve(listener: socket.socket) -> None:
        plug, _ = listener.accept()
        plug.recv(65536)
        plug.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n")
        plug.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=[listener])
        thread.start()
        endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
        client = Connection("moto", "eu-west-1", endpoint).dynamodb(QUICK)
        with pytest.raises(ConnectionClosedError):
            client.get_item(TableName="Any", Key={"PK": {"S": "x"}})
        thread.join()
