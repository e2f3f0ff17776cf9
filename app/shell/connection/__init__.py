"""An open page and the app: what is new, and what becomes of it while the app is away.

``updates`` draws a page again when what it shows has changed (in the browser: `updates.js`).
``reconnection`` draws the strip and resumes what the page was in the middle of. In the browser:
`connection.js` (notices, asks again, delivers), `focus.js` (keeps the keyboard where it was),
`memory.js` (keeps what a restarted app has to know), `unsaved.js` (is a form half filled in?).
"""
