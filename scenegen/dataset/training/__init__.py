"""Training: rows in a drawn order, dealt to ranks and workers, resumed at the very next row; as tensors, and mixed.

order, dealing, batches: which row comes when, as arithmetic on positions; nothing is read
place, plan:             how far an epoch came, and what is left of it for whom
row_cache, sources:      rows read a row group at a time, each group once by who needs it; stored, or drawn anew
mirror:                  the picture, its target and its prompt, left for right
loading, tensors:        the same for torch, which only they import
mixing:                  shares of several sources
"""
