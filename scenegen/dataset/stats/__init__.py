"""Stats: what a dataset holds. Counts by class or asset, distributions over frames and pixels, near-duplicates.

`counts` reads a column; `distributions` opens every frame that is kept, a row group at a time. `page` draws them.
"""
