"""The login page: asks for a session code, or for the presenter key."""

from app import browser_files
from services.markup import html, trusted

_LOGO = browser_files.text("shell/logo.svg")
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh;
  place-items: center; background: light-dark(#fcfbf8, #11181a);
  color: light-dark(#1c2526, #e8ecec); }
main { width: min(22rem, calc(100vw - 2.5rem)); }
svg { height: 2rem; width: auto; }
h1 { font-size: 1.4rem; margin: 1.5rem 0 .25rem; }
p { margin: .25rem 0 1rem; }
label { display: block; font-size: .9rem; margin-bottom: .25rem; }
input { box-sizing: border-box; width: 100%; font: inherit; padding: .6rem .75rem;
  border: 1px solid light-dark(#c9c6ba, #3b4a4d); border-radius: .5rem;
  background: light-dark(#fff, #1a2426); color: inherit; }
details { margin-top: 1.5rem; }
summary { cursor: pointer; color: light-dark(#0b6b5d, #6fd3c0); }
details form { margin-top: .75rem; }
details p { margin: .25rem 0 0; font-size: .9rem; }
a { display: block; margin-top: 1.5rem; color: light-dark(#0b6b5d, #6fd3c0); }
button { font: inherit; font-weight: 600; margin-top: 1rem; padding: .6rem 1.1rem; border: 0;
  border-radius: .5rem; background: #0f6b5c; color: #fff; cursor: pointer; }
[role=alert] { color: light-dark(#a32020, #ff9d94); font-weight: 600; }
"""


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Asset Basket</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{{ style }}</style></head>
<body><main>{{ logo }}<h1>Join a session</h1>
<p>Enter the code that the presenter gave you.</p>
{% if problem %}<p role="alert">{{ problem }}</p>{% endif %}
<form method="post" action="{{ base }}/enter">
<label for="key">Session code</label>
<input id="key" name="key" autocomplete="off" autocapitalize="characters" autofocus required
 maxlength="200">
<input type="hidden" name="to" value="{{ to }}">
<button>Join</button></form>
<details><summary>Presenting? Use your presenter key</summary>
<form method="post" action="{{ base }}/enter">
<label for="presenter">Presenter key</label>
<input id="presenter" name="key" type="password" autocomplete="off" required maxlength="200">
<input type="hidden" name="to" value="{{ to }}">
<p>The app printed it when it started.</p>
<button>Continue</button></form></details>
{% if way %}<a href="{{ way }}">Sign in with your organisation instead</a>{% endif %}
</main></body></html>
"""


def entrance(to: str, problem: str = "", way: str = "", base: str = "") -> str:
    """The page that asks for a code or the key; `to`: where it leads then, a path of ours.

    `way`: the address to sign in at instead, where there is one; `base`: the path before ours.
    """
    return html(
        _PAGE,
        style=trusted(_STYLE),
        logo=trusted(_LOGO),
        to=to,
        problem=problem,
        way=way,
        base=base,
    )
