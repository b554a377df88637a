"""Buckets for tests: an S3 server of moto in a process of its own, and a front that fails as networks do."""

import http.client
import os
import random
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HOST = "127.0.0.1"
SECRET = "not-a-secret-but-looks-like-one"


def environment(endpoint: str) -> dict[str, str]:
    """Returns the variables by which obstore finds the server."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "tester",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }


@contextmanager
def s3_server() -> Iterator[str]:
    """Yields the address of an empty S3."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", HOST, "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://{HOST}:{port}/moto-api/")
            yield f"http://{HOST}:{port}"
        finally:
            server.terminate()


def make_bucket(endpoint: str, name: str) -> str:
    """Returns the URL of a new bucket."""
    with urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{name}", method="PUT")):
        return f"s3://{name}"


@contextmanager
def faulty_front(endpoint: str, share: float) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yields the address of a front to a server, and what it counts.

    So many requests fail: by 500, by 503, by a connection that is reset before the server hears of it, and by one that
    is reset after.
    """
    counts = {"requests": 0, "failed": 0}
    draws = random.Random(7)

    class Front(_Front):
        server_behind = endpoint.removeprefix("http://")

        def fault(self) -> str | None:
            counts["requests"] += 1
            if draws.random() >= share:
                return None
            counts["failed"] += 1
            return draws.choice(["500", "503", "reset", "reset after"])

    with _served(Front) as address:
        yield address, counts


Heard = tuple[str, str, int]
"""Method, path without its query, status."""


@contextmanager
def counting_front(endpoint: str) -> Iterator[tuple[str, list[Heard]]]:
    """Yields the address of a front to a server, and what was asked and answered so far."""
    heard: list[Heard] = []

    class Front(_Front):
        server_behind = endpoint.removeprefix("http://")

        def hear(self, status: int) -> None:
            heard.append((self.command, self.path.partition("?")[0], status))

    with _served(Front) as address:
        yield address, heard


@contextmanager
def _served(front: "type[_Front]") -> Iterator[str]:
    with ThreadingHTTPServer((HOST, 0), front) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()


class _Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_behind: str

    def fault(self) -> str | None:
        """Returns what befalls this request."""

    def hear(self, status: int) -> None:
        """Is told how a request was answered."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def answer(self) -> None:
        """Passes a request on, or fails."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        match self.fault():
            case "reset":
                self._reset()
            case "reset after":
                self._passed_on(body)
                self._reset()
            case None:
                self._send(*self._passed_on(body))
            case status:
                self._send(int(status), {}, b"<Error><Code>SlowDown</Code></Error>")

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = answer  # noqa: N815 - the names of http.server

    def _passed_on(self, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
        server = http.client.HTTPConnection(self.server_behind, timeout=30)
        server.request(self.command, self.path, body, dict(self.headers))
        with server.getresponse() as told:
            self.hear(told.status)
            return told.status, dict(told.getheaders()), told.read()

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        is_head = self.command == "HEAD"
        self.send_header("Content-Length", headers.get("Content-Length", "0") if is_head else str(len(body)))
        self.end_headers()
        if not is_head:
            self.wfile.write(body)

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _wait_for(url: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            assert time.monotonic() < end, "moto does not start"
            time.sleep(0.05)


@contextmanager
def set_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Sets variables of this process for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
