"""Pictures before and after, to be decided: ``reviewing``.

``telling`` compares them in a process of its own, which ``comparison_worker`` starts.
"""
