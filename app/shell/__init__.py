"""What every page stands in.

``frame`` (title, logo, styles, warnings, footer), ``routes`` (where each page is), ``identity``
(who uses this tab), ``context`` (over which services, for whom, under which model), ``state`` (all
keys of the session's state), ``markup`` (our own HTML), ``messages`` (notes and errors), ``words``
(times), ``links`` (addresses for others), ``component`` (how a JavaScript module becomes a
component of a page: begin here), ``outbox`` (commands from the browser, carried out once). Rooms of
their own: ``keyboard``, ``connection`` and ``jobs`` (long work).

What components share in JavaScript: `loading.js` and `component.js` (each is loaded and drawn
through them), `elements.js` (buttons, links), `panel.js` (what opens below a button), `limit.js`
(how much may be written), `address.js` (the page's URL), `events.js` (how components speak to each
other), `outbox.js` (commands to the app), `storage.js` (what outlives a reload).
"""
