"""The same text elsewhere: joint, shortened and corrected releases, across ministries and Länder."""
