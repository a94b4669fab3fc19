"""The command line (docs/contracts.md): one module per group of commands, put together in `program`."""
