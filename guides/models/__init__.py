from guides.models.pages import GuideIndexPage, GuidePage, GuideTheme, ReviewedPage, TrainingPackagePage, TrainingTheme
from guides.models.second_reader import SecondReaderTask

__all__ = [
    "GuideIndexPage",
    "GuidePage",
    "GuideTheme",
    "ReviewedPage",
    "SecondReaderTask",
    "TrainingPackagePage",
    "TrainingTheme",
]
