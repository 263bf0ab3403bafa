"""Invented ministry portals on loopback: the embedded default of the main job, and the test bed."""
