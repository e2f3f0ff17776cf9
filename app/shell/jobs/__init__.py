"""Long work on a page, the same for every feature.

``progress`` (how far a job is, and a way to stop it), ``result`` (how it ended, what it left as it
is, the way on and back), ``history`` (what was done so far).
"""
