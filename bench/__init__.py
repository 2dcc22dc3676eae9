"""Benchmarks: figures about speed, never run as tests."""
