"""Mutations: defects planted in good frames, each of which must be caught by the check or gate that is named for it.

    make mutations                                  frames of `mixed`, made first where there are none
    python -m bench.mutations --dataset OUT         those of any dataset that keeps its frames

A defect is planted where a fault would: in the buffers before they are stored, with files, hashes and targets that
agree with them (`buffers`); in rows and targets (`rows`); in the bytes of files (`files`); in what is not stored
(`unstored`). What was planted and is no defect, such as a shift of a mask of one colour, is not counted.
"""
