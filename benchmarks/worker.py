"""One method at a time in a process of its own, so that time and memory are its own.

Times are CPU seconds of the one thread, which other work on the machine disturbs less than a clock
on the wall. Memory is how far the process grew at its peak over what it held, the phrasings' text
among it, before the method's library was imported (Linux). So nothing is imported here that a
method might need.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import METHODS

Asked = tuple[str, str | None]
"""A query, and the id of the entry that it means; None if it means none."""

MEMORY_LIMIT = 8 << 30
"""Bytes of address space that a method may take."""

BUILD_LIMIT = 300
"""CPU seconds that it may take before the first query of each task."""

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
ENVIRONMENT = dict.fromkeys(THREADS, "1") | {"HF_HUB_OFFLINE": "1"}
"""One thread, and no network."""


@dataclass(frozen=True, slots=True)
class Task:
    """An FAQ to build from, and what to ask it, in this order, until its time is up."""

    phrasings: Mapping[str, Sequence[str]]
    queries: Sequence[Asked]


@dataclass(frozen=True, slots=True)
class Result:
    """`found` and `spent` are as long as the queries that were asked; seconds, and bytes."""

    build: float
    found: list[tuple[str, float]]
    spent: list[float]
    memory: int


class LeftOutError(Exception):
    """Why a method has no figures."""


def measured(method: str, tasks: Sequence[Task], seconds: float) -> list[Result]:
    """Runs `tasks` one after another; each may ask for as many CPU seconds. LeftOutError."""
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump(tasks, file)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.worker", method, file.name, str(seconds)],
            env=os.environ | ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise LeftOutError(_reason(done.returncode, done.stderr.strip()))
    return [Result(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def _reason(code: int, errors: str) -> str:
    last = errors.rpartition("\n")[2]
    if code == -signal.SIGXCPU:
        return f"takes more than {BUILD_LIMIT} s to build"
    if "MemoryError" in last or "alloc" in errors:
        return f"takes more than {MEMORY_LIMIT >> 30} GiB"
    return f"not installed: {last}" if "ModuleNotFoundError" in last else f"ended by {code}: {last}"


def work(method: str, tasks: Sequence[Task], seconds: float) -> list[dict[str, object]]:
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    build = METHODS[method]()
    results = []
    for task in tasks:
        # A task must not be killed for what an earlier one used. Under a limit, Linux counts a
        # process's time by ticks: hence the thread's below.
        used = int(time.process_time() + BUILD_LIMIT + seconds) + 10
        resource.setrlimit(resource.RLIMIT_CPU, (used, resource.RLIM_INFINITY))
        start = time.thread_time()
        first = build(task.phrasings)
        built = time.thread_time() - start
        found, spent = [], []
        until = time.thread_time() + seconds
        for query, _ in task.queries:
            start = time.thread_time()
            found.append(first(query))
            spent.append(time.thread_time() - start)
            if start > until:
                break
        memory = _status("VmHWM") - before
        results.append({"build": built, "found": found, "spent": spent, "memory": memory})
        del first
    return results


def _status(field: str) -> int:
    """Bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return 1024 * int(line.split()[1])
    raise LookupError(field)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.RLIM_INFINITY))
    name, path, limit = sys.argv[1:]
    with open(path, "rb") as told:
        # Only what the parent has just written.
        print(json.dumps(work(name, pickle.load(told), float(limit))))
