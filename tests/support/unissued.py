"""Citizen numbers that were never issued, for tests."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(birth: str, sequence: int = 1, area: str = "990101") -> str:
    """A citizen number that was never issued, with the right check character."""
    body = f"{area}{birth.replace('-', '')}{sequence:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]
