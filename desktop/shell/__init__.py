"""The window: first run, login, tabs, settings; joins the slices' user gestures."""
