"""The tab 活动日历: month, list, form."""
