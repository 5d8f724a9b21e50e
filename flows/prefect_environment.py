"""Prefect's settings for an embedded run, set before Prefect is imported: private profile, no telemetry, quiet logs.

A setting that is already in the environment wins, so a server with workers (PREFECT_API_URL) is used where one is.
"""

from __future__ import annotations

import os
import warnings

from flows.settings import Settings


def prepare(settings: Settings) -> None:
    """Sets the environment of this process and its children. Must run before the first `import prefect`."""
    wanted = {
        "PREFECT_HOME": str(settings.prefect_home.resolve()),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        # The default of 20 s is missed on a busy machine, and the first start migrates a database.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "DO_NOT_TRACK": "1",
    }
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    # Deprecations inside Prefect's own imports are not ours to act on and would drown what is.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"prefect(\.|$)")
