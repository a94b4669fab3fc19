"""Measurements against named baselines in the same run; run by hand, never by the tests."""
