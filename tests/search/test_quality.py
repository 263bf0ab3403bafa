"""Judged queries: how many hits are right, how many right ones are found, and how far ahead of plain FTS5."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from benchmarks.search_quality import corpus as filled
from benchmarks.search_quality import engines, judged, score
from benchmarks.search_unseen import corpus as unseen
from benchmarks.search_unseen import scores

QUERIES = 250
PRECISION, RECALL, NDCG = 0.985, 0.985, 0.985
UNSEEN = 70
UNSEEN_PRECISION, UNSEEN_RECALL = 0.96, 0.97


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    db = filled(tmp_path_factory.mktemp("quality") / "quality.db")
    yield db
    db.close()


def test_judged_queries_find_what_they_should_and_little_else(corpus: Database) -> None:
    cases = judged(corpus)
    assert len(cases) >= QUERIES
    scores = {name: score(cases, engine) for name, engine in engines(corpus).items()}
    ours = scores["ours"]
    assert ours.precision >= PRECISION
    assert ours.recall >= RECALL
    assert ours.ndcg >= NDCG
    for peer in ("fts5", "fts5_porter"):
        assert ours.recall > scores[peer].recall + 0.25
        assert ours.precision > scores[peer].precision + 0.1


def test_queries_of_journalists_find_what_was_written_for_them(tmp_path: Path) -> None:
    db, cases = unseen(tmp_path / "unseen.db")
    assert len(cases) >= UNSEEN
    found = {engine: by_class["all"] for engine, by_class in scores(db, cases).items()}
    db.close()
    assert found["ours"].precision >= UNSEEN_PRECISION
    assert found["ours"].recall >= UNSEEN_RECALL
    for peer in ("fts5", "fts5_porter"):
        assert found["ours"].recall > found[peer].recall + 0.4
        assert found["ours"].precision > found[peer].precision + 0.3
