"""Data: districts, municipalities, ministers and their terms of office, each with origin, licence and date."""
