"""Rules as data: the shape of `rules/*.yml`, loading them with file-and-line errors, linting, and running their examples."""

from extract.rules.load import library_of, load_rules, packaged_folder, rule_paths
from extract.rules.model import Example, Rule, RuleFile, RuleSet

__all__ = ["Example", "Rule", "RuleFile", "RuleSet", "library_of", "load_rules", "packaged_folder", "rule_paths"]
