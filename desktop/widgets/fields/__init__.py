"""Form fields: label above, editor, and one line below that holds the hint or, in red, what to mend."""

from desktop.widgets.fields.base import Field
from desktop.widgets.fields.choice import ChoiceField
from desktop.widgets.fields.day import DayField
from desktop.widgets.fields.lineedit import LineEdit, SearchEdit
from desktop.widgets.fields.lookup import LookupField
from desktop.widgets.fields.number import NumberField
from desktop.widgets.fields.password import PasswordField
from desktop.widgets.fields.tags import TagsField
from desktop.widgets.fields.text import MultilineField, TextField
from desktop.widgets.hits import LookupHit

__all__ = [
    "ChoiceField",
    "DayField",
    "Field",
    "LineEdit",
    "LookupField",
    "LookupHit",
    "MultilineField",
    "NumberField",
    "PasswordField",
    "SearchEdit",
    "TagsField",
    "TextField",
]
