"""Who may reach the app, and as whom.

A request passes ``reverse_proxy`` (the visitor's address, as without a proxy), ``request_guard``
(Host, Origin and size) and ``authentication`` (guest, presenter or program), which shows
``login_page`` to whoever has no ``tokens`` yet (``refusals``: what else is answered) and may ask an
``oidc`` provider; ``rate_limiter`` slows wrong tries down, ``revocation`` takes access away again,
``requests`` reads off what is needed. ``local_client`` decides who sits at this machine, by what
Linux tells of ``sockets``.
"""
