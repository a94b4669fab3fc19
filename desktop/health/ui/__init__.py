"""The tab 居民健康档案: residents with what is due, visits, forms, and the measuring grid."""
