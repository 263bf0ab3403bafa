"""Find and resolve ministers, districts, municipalities, amounts and dates in German text."""
