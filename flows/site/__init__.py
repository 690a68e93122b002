"""The pages of the quality site, a module a page; flows/report.py puts them together."""
