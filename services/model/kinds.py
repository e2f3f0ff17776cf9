"""What a builder's fields are made of beside Python's own types, and what is said of them.

`asset.py` imports from here alone.
"""

from services.model.base import Fields as Fields
from services.model.fields.codes import Country as Country
from services.model.fields.codes import Currency as Currency
from services.model.fields.marks import Aliases as Aliases
from services.model.fields.marks import Choice as Choice
from services.model.fields.marks import Group as Group
from services.model.fields.marks import LongText as LongText
from services.model.fields.marks import NotEmpty as NotEmpty
from services.model.fields.marks import Paragraphs as Paragraphs
from services.model.fields.marks import Suggestions as Suggestions
from services.model.fields.marks import Text as Text
from services.model.fields.marks import Tone as Tone
from services.model.fields.marks import Tones as Tones
from services.model.fields.marks import Unit as Unit
from services.model.fields.marks import readable as readable
