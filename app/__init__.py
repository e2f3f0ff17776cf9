"""The product as people and programs meet it.

``serving`` starts it with the ``settings`` (``open_files``, ``addresses``, ``warm_up``),
``bootstrap`` wires the services to a ``basket`` (``sandboxes``: to one of a visitor's own),
``main`` draws what is around every page. Used everywhere: ``queries`` (what a URL asks for),
``browser_files`` (JavaScript modules and CSS), ``command_line`` (commands that people are told),
``model_check`` (can pages and API be built for a model?). Rooms: ``api``, ``security``, ``live``,
``shell``, ``fields``, ``features``, ``demo`` (command line), ``streamlit_compat``. `docs` says more
than README has room for.
"""
