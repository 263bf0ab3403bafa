"""Time expressions of German texts, found and resolved to the days they mean.

Values are those of TIMEX3. What it leaves open is settled so:

- A range is two mentions, its ends; only "2018/19" is one, with the value "2018/2019".
- Weeks are ISO weeks, `2018-W12`, weekends `2018-W12-WE`, halves of a year `2018-H1`, decades `199`,
  centuries `19`.
- Seasons are `SP`, `SU`, `FA` and `WI`; winter belongs to the year in which it begins.
- Parts of the day are `TMO`, `TMI`, `TAF`, `TEV` and `TNI`.
- "Anfang 2018" and "Ende Juni" have the value of the whole year or month.
- A day without a year, a weekday or a season is that nearest to publication on the side that the tense says.
- Without a publication date the unknown parts are X: `XXXX-03-19`.
"""

from pipeline.extract.dates.find import find

__all__ = ["find"]
