"""Requests to one server, again where it is busy or away."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDefaultErrorHandler,
    HTTPDigestAuthHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from kgraph.errors import RemoteError

BUSY = (429, 502, 503, 504)  # the same request may pass a little later
LONGEST = 60.0  # seconds between two tries


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token; never shown."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Credentials:
        """Those in KGRAPH_TOKEN, or in KGRAPH_USER and KGRAPH_PASSWORD."""
        user, password, token = (environment.get(f"KGRAPH_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
        if token and user:
            cure = "set KGRAPH_TOKEN, or KGRAPH_USER and KGRAPH_PASSWORD"
            raise RemoteError("a token and a user are given", place="environment", cure=cure)
        if bool(user) != bool(password):
            cure = "set both KGRAPH_USER and KGRAPH_PASSWORD"
            raise RemoteError("a user or a password alone", place="environment", cure=cure)
        return cls(user, password, token)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


class Service:
    """One address of a server. A request is tried `tries` times, each for `seconds`."""

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        seconds: float = 60,
        tries: int = 5,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url, self.credentials = _checked(url), credentials or Credentials()
        self._seconds, self._tries, self._wait = seconds, tries, wait
        self._opener = _opener(url, self.credentials)

    @property
    def is_open(self) -> bool:
        """Whether others on the way can read what is sent: plain HTTP that leaves this machine."""
        parts = urlsplit(self.url)
        return parts.scheme.lower() == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")

    @contextmanager
    def send(
        self, method: str, body: bytes, media: str, *, accept: str = "*/*", parameters: Mapping[str, str] | None = None
    ) -> Iterator[HTTPResponse]:
        """The server's answer to a request that may come twice. What it refuses is raised as RemoteError."""
        request = Request(self._address(parameters or {}), data=body, method=method)
        request.add_header("Content-Type", media)
        request.add_header("Accept", accept)
        request.add_header("User-Agent", "kgraph")
        with self._opened(request) as answer:
            yield answer

    def _address(self, parameters: Mapping[str, str]) -> str:
        # The Graph Store Protocol writes ?default without a value.
        pieces = [urlencode({name: value}) if value else name for name, value in parameters.items()]
        joint = "&" if urlsplit(self.url).query else "?"
        return self.url + (joint + "&".join(pieces) if pieces else "")

    def _opened(self, request: Request) -> HTTPResponse:
        for tried in range(1, self._tries + 1):
            pause = min(0.5 * 2 ** (tried - 1), LONGEST)
            try:
                return self._opener.open(request, timeout=self._seconds)
            except HTTPError as error:
                if error.code not in BUSY or tried == self._tries:
                    raise self._refusal(error) from error
                pause = _asked_pause(error) or pause
            except (OSError, HTTPException) as error:
                if tried == self._tries or _is_lasting(error):
                    raise RemoteError(_said(error), place=self.url, cure="see that it is running") from error
            except ValueError as error:  # a way to log in that urllib does not know
                raise RemoteError(str(error), place=self.url, cure="set KGRAPH_TOKEN") from error
            self._wait(pause)
        raise AssertionError("the last try returns or raises")

    def _refusal(self, error: HTTPError) -> RemoteError:
        with error:
            said = " ".join(error.read(4096).decode("utf-8", "replace").split())[:200]
        what = f"HTTP {error.code} {error.reason}" + (f": {said}" if said and error.code not in (401, 403) else "")
        return RemoteError(what, place=self.url, cure=_cure(error.code, self.credentials))


class _Basic(HTTPBasicAuthHandler):
    """Tells the password when it is asked for, and where that was right, from then on before."""

    def http_error_401(self, req, fp, code, msg, headers):  # type: ignore[no-untyped-def]
        answer = super().http_error_401(req, fp, code, msg, headers)
        if answer is not None:
            self.parent.addheaders = [("Authorization", req.get_header("Authorization"))]
        return answer


def _checked(url: str) -> str:
    parts = urlsplit(url)
    is_plain = all(32 < ord(char) < 127 for char in url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or not is_plain:
        raise RemoteError("no address", place=url, cure="write it as https://host/sparql")
    if parts.username is not None:
        cure = "set KGRAPH_USER and KGRAPH_PASSWORD instead"
        raise RemoteError("an address holds no user and no password", place=parts.hostname, cure=cure)
    return url


def _opener(url: str, credentials: Credentials) -> OpenerDirector:
    """What opens an address: no redirects, no proxies, no files."""
    opener = OpenerDirector()
    secure = HTTPSHandler(context=ssl.create_default_context())
    for handler in (HTTPHandler(), secure, HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    opener.addheaders = []
    if credentials.token:
        opener.addheaders = [("Authorization", f"Bearer {credentials.token}")]
    elif credentials.user:
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, urlsplit(url).netloc, credentials.user, credentials.password)
        opener.add_handler(HTTPDigestAuthHandler(known))
        opener.add_handler(_Basic(known))
    return opener


def _asked_pause(error: HTTPError) -> float | None:
    text = (error.headers.get("Retry-After") or "").strip()
    return min(float(text), LONGEST) if text.isdecimal() else None


def _is_lasting(error: Exception) -> bool:
    return isinstance(getattr(error, "reason", None), ssl.SSLError)


def _said(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    return f"cannot be reached: {' '.join(str(reason or type(error).__name__).split())}"


def _cure(code: int, credentials: Credentials) -> str:
    if code in (401, 403):
        return "it refuses these credentials" if credentials else "set KGRAPH_USER and KGRAPH_PASSWORD, or KGRAPH_TOKEN"
    if 300 <= code < 400:
        return "give the address that it moved to"
    if code in (404, 405, 415):
        return "give the address of the service that does this"
    return "see what the server says"
