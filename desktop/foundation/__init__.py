"""What every room stands on: errors, paths, settings, clock, ids, text, days, jobs. No Qt, no SQL."""
