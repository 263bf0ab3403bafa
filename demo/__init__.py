"""Invented ministry portals on loopback: the embedded default of the main job, and the test bed.

From the words to the wire: `texts/` holds handwritten skeletons, `compose` turns one into a release, `draft`
fills its slots, `collection` decides what appears when and what changes between two crawls, `portals/`
dresses releases as pages of three content-management systems, and `server` answers on 127.0.0.1. All is
drawn from a fixed seed, so the same pages come out on every machine.

The ministries, releases and speakers are invented, and every page says so at its foot. Places are real;
ministers are named as present at routine acts on days when they held office, and never speak.
"""
