"""Rules as data: the shape of `rules/*.yml`, loading them with file-and-line errors, linting, and running their examples."""

from extract.rules.load import load_rules, packaged_folder
from extract.rules.model import Example, Rule, RuleFile, RuleSet

__all__ = ["Example", "Rule", "RuleFile", "RuleSet", "load_rules", "packaged_folder"]
