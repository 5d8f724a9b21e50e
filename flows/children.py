"""Processes that must not outlive the one that started them: a killed run leaves nobody writing, and no server up."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Callable

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


def dying_with_parent(end: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `end` to the child when its parent is gone. On Linux; elsewhere nothing."""

    def prepare() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PARENT_DEATH_SIGNAL, end)

    return prepare
