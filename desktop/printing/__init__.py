"""Paper: declarations of documents (document), their rendering to PDF bytes (render), and pictures of pages (preview).

Importing this package or ``document`` costs nothing; only ``render`` and what stands below it load reportlab.
"""
