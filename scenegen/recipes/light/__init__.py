"""Light: the hour of a scene, the sun and the sky of it, and what lamps give, for every recipe.

Powers count as lamps are sold by what they give: one watt is about 90 lumens, as of an LED, and of sunlight, too. Dusk
and night are in those watts. By day all daylight is counted at about a fiftieth, so that one range of exposures and one
limit for noise hold for every hour; a lamp that is on by day shines as it does at night.
"""
