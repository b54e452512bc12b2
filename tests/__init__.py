"""The tests mirror the package; `README.md` beside this file says where a test goes."""
