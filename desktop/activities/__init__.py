"""The slice 活动日历: activities with what was done at them, their ledgers, the calendar."""
