"""What was said: from stored spans to the turns that a person reads.

`parts`, `messages` and `bodies` read what providers send; `formats/` knows where each library puts
it; `voices` and `turns` decide what of it is shown, and once.
"""
