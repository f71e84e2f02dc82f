"""A page in headless Chromium, operated as a reader does. Nothing is downloaded: both programs come with the system."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --force-color-profile=srgb"
)
LACKING = None if CHROMIUM and DRIVER else "no chromium and chromedriver here: apt-get install chromium chromium-driver"
PATIENCE = 15  # seconds; a slow machine is no fault of the page


class Reader:
    """One browser with one page at a time."""

    def __init__(self, folder: Path) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM or ""
        for flag in (*FLAGS.split(), f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.folder = folder
        self.driver = webdriver.Chrome(options=options, service=Service(DRIVER))
        self._command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder / "saved"))

    def _command(self, name: str, **parameters: object) -> None:
        self.driver.execute_cdp_cmd(name, parameters)

    def open(
        self,
        html: str,
        address: str = "",
        *,
        width: int = 1200,
        height: int = 800,
        dark: bool = False,
        framed: bool = False,
    ) -> None:
        """Show a page as if its file had been opened, with `address` after "#"; or a file with a page in a frame."""
        path = self.folder / "page.html"
        path.write_text(html, encoding="utf-8")
        self.driver.get("about:blank")
        self._command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._command("Emulation.setEmulatedMedia", features=[theme])
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(f"{path.as_uri()}#{address}")
        if framed:
            self.driver.switch_to.frame(0)
        self.until(lambda: self.text("#summary"))

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for the page to come to a state."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, "the page did not come to the state waited for"
            time.sleep(0.05)

    def text(self, selector: str) -> str:
        """The words of an element, as a reader of the page has them; none where it is hidden."""
        return self.run(
            "const e = document.querySelector(arguments[0]); return e && !e.closest('[hidden]') ? e.innerText : ''",
            selector,
        )

    def texts(self, selector: str) -> list[str]:
        """The words of each of several elements."""
        return self.run("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)", selector)

    def run(self, script: str, *arguments: object):
        """A script's answer."""
        return self.driver.execute_script(script, *arguments)

    def click(self, selector: str, *, at: tuple[float, float] | None = None) -> None:
        """Press an element, or a point counted in pixels from its centre."""
        from selenium.webdriver import ActionChains

        element = self.driver.find_element("css selector", selector)
        if at is None:
            element.click()
        else:
            ActionChains(self.driver).move_to_element_with_offset(element, *map(round, at)).click().perform()

    def type(self, selector: str, keys: str) -> None:
        """Press keys in an element."""
        self.driver.find_element("css selector", selector).send_keys(keys)

    @property
    def address(self) -> str:
        """What stands after the "#"."""
        return self.run("return location.hash.slice(1)")

    def complaints(self) -> list[str]:
        """What the console says since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """The addresses asked for since the page was opened, but for the page's own and what lies inside it."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if not url.startswith(("data:", "blob:", (self.folder / "page.html").as_uri()))]

    def saved(self, name: str) -> Path:
        """A file that the page gave, once it is whole."""
        path = self.folder / "saved" / name
        self.until(lambda: path.exists() and path.stat().st_size)
        return path


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """One browser for all tests."""
    if LACKING:
        pytest.skip(LACKING)
    opened = Reader(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.driver.quit()


@pytest.fixture(autouse=True)
def calm(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test of a page in a browser may leave a complaint in the console or a request to anywhere."""
    yield
    if "reader" in request.fixturenames:
        used = request.getfixturevalue("reader")
        complaints, requests = used.complaints(), used.requests()
        assert not complaints, complaints
        assert not requests, requests
