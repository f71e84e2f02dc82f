"""Servers on the loopback address that tests of remote graphs start: two RDF databases, and one that plays a part."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

HOST = "127.0.0.1"
VIRTUOSO = shutil.which("virtuoso-t")
NO_VIRTUOSO = "no Virtuoso (apt-get install virtuoso-opensource, or make test-servers)"
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = {host}:{server}
ServerThreads = 10
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = {host}:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 1000
"""


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def oxigraph() -> Iterator[str]:
    """The address of an Oxigraph server that keeps nothing."""
    port = free_port()
    with _running([str(Path(sys.executable).parent / "oxigraph"), "serve", "--bind", f"{HOST}:{port}"], port):
        yield f"http://{HOST}:{port}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a Virtuoso server with its files in a folder; its user is dba, its password dba."""
    server, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(host=HOST, server=server, http=http))
    with _running([str(VIRTUOSO), "-f", "-c", "virtuoso.ini"], http, cwd=folder):
        yield f"http://{HOST}:{http}"


@contextmanager
def _running(command: list[str], port: int, cwd: Path | None = None) -> Iterator[None]:
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    )
    try:
        _wait_for(process, port)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
        try:
            urlopen(f"http://{HOST}:{port}/", timeout=10).close()
        except (URLError, ConnectionError) as error:
            if hasattr(error, "code"):
                return
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args} does not answer")


@dataclass(frozen=True)
class Request:
    """What a player was asked."""

    method: str
    path: str
    body: str
    headers: dict[str, str]


@dataclass
class Answer:
    """What a player says. Without a status it hangs up; with a `length` over that of the body, in the middle."""

    status: int | None = 204
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass
class Player:
    """A server that answers by the script that a test writes, and notes what it was asked."""

    url: str
    asked: list[Request] = field(default_factory=list)


@contextmanager
def player(script: Callable[[Request, int], Answer]) -> Iterator[Player]:
    """A server; the script gets each request with its number, from 0."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            request = Request(self.command, self.path, body, dict(self.headers))
            playing.asked.append(request)
            answer = script(request, len(playing.asked) - 1)
            self.close_connection = True
            if answer.status is None:
                return
            content = answer.body.encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 204:
                self.send_header("Content-Length", str(answer.length or len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    playing = Player(f"http://{HOST}:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield playing
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
