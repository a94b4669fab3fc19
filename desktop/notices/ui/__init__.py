"""The tab 通知告示: writing a notice, what was issued, what hangs where."""
