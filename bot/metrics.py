"""What the bot tells of itself while it runs, in Prometheus' words.

Every label takes its values from a fixed set: no series is ever made of an id, a text or anything
else that somebody sends. Names and meanings stand in the table of `docs/reliability.md`.
"""

from __future__ import annotations

import platform
from importlib import metadata

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 3600.0)
"""Upper ends of the buckets for times: from a fast match to an update of an outage ago."""


class Metrics:
    """One field a metric, in a registry of its own, so that two bots in one process do not mix.

    Whoever knows a thing first counts it: intake its updates, sending its calls, and so on.
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()

        def counter(name: str, told: str, *labels: str) -> Counter:
            return Counter(name, told, labels, registry=registry)

        def gauge(name: str, told: str, *labels: str) -> Gauge:
            return Gauge(name, told, labels, registry=registry)

        def seconds(name: str, told: str) -> Histogram:
            return Histogram(name, told, registry=registry, buckets=SECONDS)

        self.updates = counter("updates", "Updates by what became of them", "kind", "result")
        self.update_age = seconds("update_age_seconds", "From an update's arrival to its end")
        self.duplicates = counter("duplicates", "Updates that came again and were left alone")
        self.quarantined = counter("quarantined", "Updates given up because they always fail")
        self.inbox_open = gauge("inbox_open", "Updates that wait or are in work")
        self.inbox_oldest = gauge("inbox_oldest_seconds", "Age of the oldest of them")
        self.wal_bytes = gauge("wal_bytes", "Size of what SQLite has yet to move into its file")
        self.store_errors = counter("store_errors", "Failures of the database", "kind")
        self.webhook_rejected = counter("webhook_rejected", "Requests not taken", "reason")
        self.webhook_url_wrong = gauge(
            "webhook_url_wrong", "1 if Telegram brings updates elsewhere"
        )
        self.telegram_pending = gauge("telegram_pending_updates", "Updates that wait at Telegram")
        self.telegram_last_error = gauge(
            "telegram_last_error_time_seconds", "When Telegram last failed to bring an update"
        )
        self.answers = counter("answers", "Queries decided on", "outcome")
        self.match_time = seconds("match_seconds", "Time that such a decision took")
        self.misses = counter("misses", "Queries that nobody could answer", "kind")
        self.misses_lost = counter("misses_lost", "Misses that were not kept", "reason")
        self.rate_limited = counter("rate_limited", "Messages over a limit", "scope")
        self.api_calls = counter("api_calls", "Requests to the Bot API", "method", "code")
        self.retry_after = seconds("retry_after_seconds", "Pauses that Telegram asked for")
        self.sent_otherwise = counter(
            "sent_otherwise", "Messages sent in another form than was tried first", "reason"
        )
        self.unreachable = counter("unreachable", "Messages to chats that take none", "reason")
        self.loop_stall = gauge("loop_stall_seconds", "Longest stall of the event loop so far")
        self.faq_entries = gauge("faq_entries", "Entries of the FAQ that is served")
        self.faq_version = gauge("faq_version_info", "The FAQ that is served", "version")
        self.faq_reload_ok = gauge("faq_reload_ok", "0 if the FAQ file was changed for the worse")
        self.faq_reload_time = gauge(
            "faq_reload_success_time_seconds", "When the FAQ that is served was read"
        )
        self.build = gauge("build_info", "What runs", "python", "telegram")
        self.build.labels(platform.python_version(), metadata.version("python-telegram-bot")).set(1)

    def count_update(self, kind: str, result: str, age: float) -> None:
        """Counts an update that was handled `age` seconds after it came; one that is postponed has
        not come to its end."""
        self.updates.labels(kind, result).inc()
        if result != "postponed":
            self.update_age.observe(age)

    def count_store_error(self, kind: str) -> None:
        """Counts a failure of the database."""
        self.store_errors.labels(kind).inc()

    def count_call(self, method: str, code: str) -> None:
        """Counts a request to the Bot API."""
        self.api_calls.labels(method, code).inc()

    def total(self, counter: Counter, **labels: str) -> int:
        """How much was counted so far under these labels, whatever the others."""
        return sum(
            int(sample.value)
            for metric in counter.collect()
            for sample in metric.samples
            if sample.name.endswith("_total") and labels.items() <= sample.labels.items()
        )

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)
