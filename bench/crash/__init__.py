"""The crash test: processes are killed at random instants while they vote, open and close, and afterwards everything
that they had acknowledged must be there, once (`make crash-test`).

`assembly`: the councils of the test; `load`: what a process does until it is killed; `nursery`: starting processes
quickly; `trial`: starting, killing and listening to them; `findings`: what is checked at the end; `runs`: a trial from
beginning to end, on every kind of database.
"""
