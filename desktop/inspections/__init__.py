"""The slice 检查记录: inspections with their findings until 销号, and letters of responsibility."""
