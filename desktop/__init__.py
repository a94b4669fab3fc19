"""居委工作台 (Juwei Workbench): records, ledgers and reports of a residents' committee, offline."""

__version__ = "0.1.0"
