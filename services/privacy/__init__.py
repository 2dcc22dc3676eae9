"""Privacy: personal data is handed out, erased, or forgotten in time."""

from .retention import LEAST_DAYS, RetentionService
from .service import PrivacyService
from .views import Erased, ErasurePreview, PersonalData

__all__ = [
    "LEAST_DAYS",
    "Erased",
    "ErasurePreview",
    "PersonalData",
    "PrivacyService",
    "RetentionService",
]
