"""From a tap, a command or a form to its answer: found by its id, guarded, in time, and refused in words."""
