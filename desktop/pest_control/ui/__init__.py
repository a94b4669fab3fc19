"""The tab 除害投药: lists, forms and charts."""
