"""The Qt kit every page is made of: theme, icons, fields, forms, tables, panels, dialogs, jobs. No SQL, no slice."""
