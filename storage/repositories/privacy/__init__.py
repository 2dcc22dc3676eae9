"""What is kept about a person, and what is not kept for ever."""

from .retention import Retention
from .traces import Traces

__all__ = ["Retention", "Traces"]
