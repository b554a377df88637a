"""The analytic renderer: boxes, spheres and rectangles seen by formulae in float64; an oracle, and a fast engine."""
