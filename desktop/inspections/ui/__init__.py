"""The tab 检查记录: inspections with the most urgent first, their next steps, and letters of responsibility."""
