"""Fields of the model on pages: what all features share to show and to enter them.

``labels`` and ``groups`` (what stands beside), ``values`` (how they read), ``facts`` (all of one
asset), ``widgets`` (which of its kind's widgets a field gets), ``inputs`` (draws it), ``textbox``
(text in and out), ``drafts`` (a form that is open), ``attributes`` (fields, and who did what when).
"""
