"""Everything that reaches into Streamlit's private parts, and nothing else: look here to upgrade.

``names`` (what is looked for before it is relied on) and ``patches`` (all of them, in order). In
``speed``, ``run_limiter`` (runs take turns), ``navigation`` (no late run undoes a change of page)
and ``runs`` (no press is lost) they are made, with the names of ``sessions``. No patches:
``oidc`` (sign-in), ``dom`` (for Python and for JavaScript)
and ``streamlit.css`` (elements of the page).
"""
