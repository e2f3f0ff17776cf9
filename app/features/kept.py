"""All that a page can be in the middle of when the app is restarted."""

from app.features.asset_form import resuming
from app.features.browse.bulk import form
from app.features.importing import upload

KEPT = (resuming.ADDING, resuming.EDITING, form.KEPT, upload.KEPT)
