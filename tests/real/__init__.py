"""Trials against real servers of others, started on this machine: too slow for `make test`, run by hand.

`python -m tests.real.NAME` (old_duckdb, schedule, superset, worker) says what it saw and fails where that is not right.
"""
