"""The source files of the invented portals, as the addresses stand when the demo runs on its usual ports."""
