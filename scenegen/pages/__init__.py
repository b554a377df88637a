"""Pages: HTML files that open from disk, with all that they show in them and nothing from a network.

`document` is the frame of every page; `preview_page` shows frames with their targets, `plan_picture` scenes from above.
"""
