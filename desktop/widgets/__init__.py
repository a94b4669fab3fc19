"""The Qt kit every page is made of: theme, icons, fields, forms, tables, panels, dialogs, jobs. No SQL, no slice."""

from desktop.widgets.overrides import guard_overrides

guard_overrides()
