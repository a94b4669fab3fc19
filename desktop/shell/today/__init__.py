"""今日, the first tab: what is late, due and missing, and one button on each line that settles it."""
