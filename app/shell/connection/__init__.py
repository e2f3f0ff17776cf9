"""An open page while the app is away, and after it has come back.

``reconnection`` draws the strip and resumes what the page was in the middle of. In the browser:
`connection.js` (notices, asks again, delivers), `focus.js` (keeps the keyboard where it was),
`memory.js` (keeps what a restarted app has to know), `unsaved.js` (is a form half filled in?).
"""
