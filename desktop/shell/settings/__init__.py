"""设置: who may sign in, the recovery code, the committee, backups, appearance, locking."""
