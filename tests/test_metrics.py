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


def test_a_total_goes_over_the_labels_that_it_does_not_name() -> None:
    metrics = Metrics()
    for kind, result in (
        ("message", "answered"),
        ("inline_query", "answered"),
        ("message", "stale"),
    ):
        metrics.updates.labels(kind, result).inc()
    assert metrics.total(metrics.updates, result="answered") == 2
    assert metrics.total(metrics.updates, kind="message", result="stale") == 1
    assert metrics.total(metrics.updates) == 3
    assert metrics.total(metrics.updates, result="poison") == 0


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
