"""Benchmarks: they measure speed, and are never run as tests."""
