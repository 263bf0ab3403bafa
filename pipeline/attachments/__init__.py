"""Attached files: which an address held over time, their text page by page, and whom and what it names."""
