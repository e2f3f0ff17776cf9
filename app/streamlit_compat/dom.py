"""Elements of Streamlit's page, for the browser that takes pictures and plays scripts.

``streamlit.css`` has those that are styled. A test looks for all of them in the pinned release; a
rule of CSS that finds nothing changes nothing.
"""

MAIN = "stMain"
FORM = "stForm"
NAVIGATION_LINK = "stTopNavLink"
EXCEPTION = "stException"
"""Test ids, as Playwright calls them."""
DISCONNECTED = "[data-test-connection-state=DISCONNECTED]"
AT_REST = """() => document.querySelector(
    '[data-testid=stApp][data-test-script-state=notRunning]')
  && document.querySelector('.st-key-foot')
  && !document.querySelector('[data-stale=true], [data-testid=stSkeleton], [data-testid=stSpinner]')
  && !document.querySelector('[aria-busy=true]')
  && document.fonts.status === 'loaded'
  && Array.from(document.images).every(image => image.complete)"""
"""JavaScript: whether a page shows all that it is going to."""
HEIGHT = """() => { const main = document.querySelector('[data-testid=stMain]');
  return innerHeight + Math.max(0, main.scrollHeight - main.clientHeight); }"""
"""JavaScript: how tall the window needs to be for a page."""
