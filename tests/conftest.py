"""Property tests try other examples at every run by hand, and the same ones in CI, so that a build can be repeated.

No example has a deadline: on a machine with other work the clock tells of that work. Speed is tried in tests/bench.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("by hand", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "by hand")
