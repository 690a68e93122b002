"""A night with a broken suite: the run fails, the old tables stay as they were, and those who asked are told why."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from expectations import suites
from flows import orchestration, pipeline, publish, reviews

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "text-a1.txt"
BROKEN = """
suite_is_broken:
  severity: critical
  zh: 总是失败
  en: always fails
  query: SELECT 1 AS one FROM nowhere_at_all
"""


class Receiver(BaseHTTPRequestHandler):
    """Keeps what is posted to it."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.told.append(json.loads(self.rfile.read(length)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture
def receiver():
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.told = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def webhook(url):
    from prefect.blocks.notifications import CustomWebhookNotificationBlock

    body = {"title": "{{subject}}", "text": "{{body}}"}
    CustomWebhookNotificationBlock(name="night", url=url, json_data=body).save("night")


def test_a_broken_suite_fails_the_run_keeps_the_tables_and_is_told(tmp_path, monkeypatch, receiver):
    home = tmp_path / "home"
    with orchestration.server(tmp_path / "prefect") as url:
        monkeypatch.setenv("PREFECT_API_URL", url)
        assert (
            pipeline.run([str(SAMPLES)], home, False, reviews.REVIEWS, lambda done, total: None).outcome == "published"
        )
        before = (home / publish.DATABASE).read_bytes()
        with orchestration.settings(home):
            webhook(f"http://127.0.0.1:{receiver.server_port}/")
        gate = tmp_path / "gate.yml"
        gate.write_text(BROKEN, encoding="utf-8")
        monkeypatch.setattr(suites, "GATE", gate)
        monkeypatch.setenv("GONGKAI_NOTIFY", "custom-webhook/night")
        stopped = pipeline.run([str(SAMPLES)], home, False, reviews.REVIEWS, lambda done, total: None)
    assert stopped.outcome == "stopped"
    assert (home / publish.DATABASE).read_bytes() == before
    assert [each["title"] for each in receiver.told] == ["gongkai Failed"]
    assert "suite_is_broken" in receiver.told[0]["text"]
