"""Use cases of the notices slice: templates and the committee's copies, composing, and postings."""
