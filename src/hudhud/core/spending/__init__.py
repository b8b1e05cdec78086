"""What models cost, and the ceiling of a merchant's day."""

from hudhud.core.spending.purse import Price, Purse, is_over
from hudhud.core.spending.report import DAYS_MAX, Report, report, set_limit

__all__ = ["DAYS_MAX", "Price", "Purse", "Report", "is_over", "report", "set_limit"]
