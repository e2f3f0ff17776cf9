"""Everything that reaches into Streamlit's private parts, and nothing else.

``context`` (the run of this thread), ``runs`` (no press is lost), ``run_limiter`` (runs take
turns), ``navigation`` (no late run undoes a change of page), ``patches`` (speed), ``oidc``
(sign-in). `dom.js`: what our JavaScript looks for in the page that Streamlit draws.
"""
