"""Seconds of the clock and of processors, memory, and how busy others kept the machine meanwhile."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock, and of processors in this process and in its ended children."""

    clock: float
    processors: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.clock + other.clock, self.processors + other.processors)


def spent(work: Callable[[], object]) -> Spent:
    """What one call costs."""
    clock, processors = time.perf_counter(), processor_seconds()
    work()
    return Spent(time.perf_counter() - clock, processor_seconds() - processors)


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def peak_mib() -> float:
    """The most memory that this process has held. A spawned one inherits the peak of getrusage from its parent, so
    Linux's own record of the present program is asked where there is one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


class Watch:
    """From its making on: how many processors other programs kept busy, on average. Knows Linux alone."""

    def __init__(self) -> None:
        self.begun, self.own, self.all = time.perf_counter(), processor_seconds(), _busy_seconds()

    def others(self) -> float | None:
        """Processors kept busy by others; None where the system does not tell."""
        now = _busy_seconds()
        if now is None or self.all is None:
            return None
        busy = now - self.all - (processor_seconds() - self.own)
        return max(0.0, busy / max(time.perf_counter() - self.begun, 0.1))


def _busy_seconds() -> float | None:
    """Of all processors since the machine was started; line `cpu` of /proc/stat: user, nice, system."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return None
    user, nice, system = (int(n) for n in stat.read_text(encoding="ascii").split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")
