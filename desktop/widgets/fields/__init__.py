"""Form fields: label above, editor, and one line below that holds the hint or, in red, what to mend.

Each kind is imported from its own module: the login window needs the password field and must not wait for calendars.
"""
