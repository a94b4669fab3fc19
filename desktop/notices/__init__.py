"""The notices slice: templates, composing and issuing notices, and the record of what was posted where."""
