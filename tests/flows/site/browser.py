"""A headless Chromium that tests talk to over its own protocol: pages and questions in, answers and complaints out."""

import json
import shutil
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from websockets.sync.client import connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", "about:blank")
COMPLAINTS = ("Runtime.exceptionThrown", "Page.javascriptDialogOpening")
STARTING = 30


def program():
    """Path of the browser, None when there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One tab. `complaints` are console errors, exceptions, dialogs and requests that are for no local file."""

    def __init__(self, socket):
        self.socket, self.numbers, self.complaints, self.loaded = socket, count(1), [], 0
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := self._next()).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _next(self):
        message = json.loads(self.socket.recv(timeout=STARTING))
        self._note(message.get("method"), message.get("params", {}))
        return message

    def _note(self, method, given):
        if method == "Page.loadEventFired":
            self.loaded += 1
        elif method == "Network.requestWillBeSent" and not given["request"]["url"].startswith(("file:", "data:")):
            self.complaints.append(f"request {given['request']['url']}")
        elif method == "Log.entryAdded" and given["entry"]["level"] == "error":
            self.complaints.append(f"log {given['entry']['text']}")
        elif method == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
            self.complaints.append(f"console {given['args']}")
        elif method in COMPLAINTS:
            self.complaints.append(f"{method} {given}")

    def open(self, path, place=""):
        before = self.loaded
        self.call("Page.navigate", url="about:blank")
        while self.loaded == before:
            self._next()
        before = self.loaded
        self.call("Page.navigate", url=Path(path).resolve().as_uri() + place)
        while self.loaded == before:
            self._next()

    def ask(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def click(self, selector):
        """A real click in the middle of an element, which is scrolled into view first."""
        self.ask(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        x, y = self.ask(f"[{box}.x + {box}.width / 2, {box}.y + {box}.height / 2]")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


@contextmanager
def browser():
    """A tab of a fresh browser with a profile of its own, both gone afterwards."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program(), f"--user-data-dir={profile}", *FLAGS]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with connect(_tab(Path(profile) / "DevToolsActivePort"), max_size=None) as socket:
                yield Page(socket)
        finally:
            process.terminate()
            process.wait(STARTING)


def _tab(told):
    """The address of the first tab, once the browser has told its port."""
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if told.is_file() and (lines := told.read_text().splitlines()):
            with urllib.request.urlopen(f"http://127.0.0.1:{lines[0]}/json/list") as answer:
                tabs = [tab for tab in json.load(answer) if tab["type"] == "page"]
            if tabs:
                return tabs[0]["webSocketDebuggerUrl"]
        time.sleep(0.1)
    raise TimeoutError("the browser did not start")
