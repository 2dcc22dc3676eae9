"""Health: metrics, and what an operator's programs may ask."""
