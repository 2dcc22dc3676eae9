"""The crash test: processes are killed at random instants while they vote, open and close, and afterwards everything
that they had acknowledged must be there, once (`make crash-test`).

`assembly`: the councils they do it in; `load`: what a process does until it is killed; `nursery`: how processes are
started quickly; `trial`: starting, killing and listening to them; `findings`: what is checked at the end; `runs`: a
trial from beginning to end, on every kind of database.
"""
