"""The same bot on a simulated Discord in the browser, with a demonstration council."""
