"""Numbers as people in Germany write them."""


def german(number: int) -> str:
    """A whole number with points between its thousands.

    >>> german(1234567)
    '1.234.567'
    """
    return f"{number:,}".replace(",", ".")
