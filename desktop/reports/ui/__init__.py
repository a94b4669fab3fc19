"""The tab 台账报表: reports with the records behind every figure, ledgers, gaps."""
