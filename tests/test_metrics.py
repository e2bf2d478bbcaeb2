"""What the bot tells of itself."""

from __future__ import annotations

import re

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics
from tests.conftest import ROOT


def test_prometheus_can_read_all_of_it() -> None:
    metrics = Metrics()
    metrics.updates.labels("message", "answered").inc()
    metrics.match_time.observe(0.3)
    metrics.count_call("getMe", "200")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.text().decode())
        for sample in family.samples
    }
    assert samples["updates_total", "message", "answered"] == 1
    assert samples["match_seconds_count",] == 1
    assert samples["api_calls_total", "200", "getMe"] == 1
    assert samples["duplicates_total",] == 0


def test_two_bots_in_one_process_do_not_mix() -> None:
    one, other = Metrics(), Metrics()
    one.duplicates.inc()
    assert b"duplicates_total 1.0" in one.text()
    assert b"duplicates_total 0.0" in other.text()


def test_every_metric_is_told_of() -> None:
    told = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    for family in Metrics().registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        assert re.search(rf"`{name}[`{{]", told), name
