"""Data: districts, municipalities, ministers and terms of office, each with origin, licence and date."""
