"""The slice 居民健康档案: visits and readings, due dates, flags, figures."""
