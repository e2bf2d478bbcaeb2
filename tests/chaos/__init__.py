"""The bot as a process of its own, and what is done to it: killed, cut off, refused, flooded.

`test_chaos.py` does a little of it in every run of the tests; `benchmarks/reliability.py` a lot.
"""
