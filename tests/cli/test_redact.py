"""`pressearchiv redact` asks first, takes out, and proves it."""

from verbs import House

SIGNED = ("--reason", "auf Wunsch", "--author", "E. Muster", "--yes")


def test_a_word_is_taken_out_and_its_absence_proven(copied: House) -> None:
    [(title,)] = copied.rows("SELECT title FROM releases ORDER BY length(title) DESC LIMIT 1")
    words = " ".join(str(title).replace("„", "").replace("“", "").split()[:3])
    assert "touched" in copied.ok("redact", "text", words, *SIGNED)
    assert "nothing is left" in copied.ok("redact", "prove", words)
    assert words not in (listed := copied.ok("redact", "list"))
    assert "auf Wunsch" in listed
    assert "all agree" in copied.ok("verify")
    assert "Nothing new" in copied.ok("build")


def test_words_that_are_there_are_found_and_come_by_standard_input(crawled: House) -> None:
    [(title,)] = crawled.rows("SELECT title FROM releases ORDER BY id LIMIT 1")
    assert "left" in crawled.ok("redact", "prove", "-", text=f"{title}\n", code=1)


def test_nobody_is_there_to_ask(crawled: House) -> None:
    assert "--yes" in crawled.ok("redact", "name", "Erna", "--reason", "x", "--author", "y", code=2)


def test_a_release_that_is_not_there_is_named(crawled: House) -> None:
    assert "/m/" in crawled.ok("redact", "release", "demo-bund-000000000000", *SIGNED, code=2)
