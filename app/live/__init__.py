"""Live updates on the server: all open pages are told of changes over the websocket `/live`.

``broadcaster`` (version stamps of all that a page may show), ``leading`` (messages of “follow me”
on the same websocket). What a page does with them: ``app/shell/connection/updates``.
"""
