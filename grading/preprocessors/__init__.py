"""The steps that `nbgrader_config.py` puts into nbgrader's own autograding and feedback."""

from grading.preprocessors.execute import ExecuteApart
from grading.preprocessors.feedback import HideTests
from grading.preprocessors.late import LatePenalty, SetDueDates, SettlePenalty
from grading.preprocessors.rebuild import RebuildCells
from grading.preprocessors.verdict import SaveVerdicts

__all__ = ["ExecuteApart", "HideTests", "LatePenalty", "RebuildCells", "SaveVerdicts", "SetDueDates", "SettlePenalty"]
