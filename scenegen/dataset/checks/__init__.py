"""Checks: a dataset held against its plan, its frames and its own words; each check is named in `table`.

`check_unit` reads one unit; `findings` is what it found, `across` what only the whole run can show, `verdicts` the
report of both. `draw` says which frames are looked at where a share will do.
"""
