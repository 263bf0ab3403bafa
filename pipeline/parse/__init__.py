"""From a saved page to title, dates, kind and text, with the rule that spoke for each field."""
