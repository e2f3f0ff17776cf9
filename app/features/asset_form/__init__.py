"""The form for an asset: to add one and to edit one.

``form`` (draws it), ``entries`` (its fields), ``adding`` and ``editing`` (what stands around it),
``conflict`` (two people changed the same asset), ``resuming`` (forms outlive a restart).
"""
