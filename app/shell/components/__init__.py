"""How a JavaScript module becomes a component of a page, and what such modules share.

``component`` (begin here) and ``outbox`` (commands from the browser, carried out once). In
JavaScript: `loading.js` and `component.js` (each is loaded and drawn through them), `elements.js`
(buttons, links), `panel.js` (what opens below a button), `limit.js` (how much may be written),
`address.js` (the page's URL), `events.js` (how components speak to each other), `outbox.js`
(commands to the app), `storage.js` (what outlives a reload).
"""
