"""Health: what is counted, and what an operator's programs may ask."""
