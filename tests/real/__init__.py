"""Trials against real servers of others, started on this machine: too slow for `make test`, run by hand.

`python -m tests.real.schedule` and `python -m tests.real.superset` say what they saw and fail where it is not right.
"""
