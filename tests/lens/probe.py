"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """Reviews are the same in English; probes and steering work on the bridge, and a push far enough turns answers."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    words = [word for kind in experiment.ENGLISH.values() for word in kind]
    sentence = " The plot was really good. The soup was not bad. Opinion: good film Subject: food"
    model = tiny_gpt2([*[f" {word}" for word in words] * 3, *[sentence] * 9], d_vocab=900)
    language, *_ = experiment.real_data(model, 0.95)
    reviews = experiment.Reviews(language, 6, asked=experiment.TOPIC)
    text = model.tokenizer.decode(reviews.tokens[0, 1:])
    assert text.startswith(" The ") and text.endswith(" Subject:"), text
    assert text.count(" was ") == experiment.CLAUSES
    words = [model.tokenizer.decode([token]) for token in language.answers[experiment.TOPIC]]
    assert words == [" film", " food"]
    found = experiment.streams(model, reviews)
    assert found.shape == (model.cfg.n_layers, 6, model.cfg.d_model)
    assert found.isfinite().all()
    film, food = (model.W_U[:, token] for token in language.answers[experiment.TOPIC])
    last = model.cfg.n_layers - 1
    assert experiment.turned(model, language, experiment.TOPIC, last, film - food, torch.tensor(1e3)) > 0.9
    record = run_main(experiment, lambda name: model)
    assert set(record["steered"]) == {*experiment.PROBES, "means of topic", "random"}

    # the first step of 10.21: degrees of one scale in place of good and bad, a direction at each layer
    experiment.ENGLISH = {**experiment.ENGLISH, "good": ["superb", "brilliant"], "bad": ["nice", "good"]}
    reviews = experiment.Reviews(experiment.real_data(model, 0.95)[0], 60)
    found, strong = experiment.streams(model, reviews), reviews.truth[experiment.OPINION]
    directions = [experiment.mean_difference(stream, strong)[0] for stream in found]
    assert len(directions) == model.cfg.n_layers
    assert all(direction.isfinite().all() and direction.norm() > 0 for direction in directions)
    own_texts(experiment, model)


def own_texts(experiment, model):
    """The task `statements`: texts of different lengths, built in or from a file, each read at its own last token."""
    from itertools import product
    from pathlib import Path

    import pytest
    import torch
    from tiny_bridge import run_main

    root = Path(__file__).parents[2]
    exec((root / "data" / "templates" / "tasks" / "statements.py.tmpl").read_text(encoding="utf-8"), vars(experiment))
    _, fit, tests, everything = experiment.real_data(model, 0.95)
    assert len(everything.tokens) == len(fit.tokens) + sum(len(test.tokens) for test in tests)
    assert not fit.truth[experiment.TOPIC].any()
    assert tests[1].truth[experiment.TOPIC].all()
    assert model.tokenizer.decode(tests[1].tokens[0][0, 1:]) == "The city of Paris is not in France."
    assert not tests[1].truth[experiment.OPINION, 0]
    found = experiment.streams(model, fit)
    _, cache = model.run_with_cache(fit.tokens[3])
    assert torch.allclose(found[1, 3], cache["blocks.1.hook_resid_post"][0, -1], atol=1e-5)
    record = run_main(experiment, lambda name: model)
    assert record["steered"] == {}
    assert all(0 <= value <= 1 for value in record["auroc"].values())
    file = experiment.RESULTS / "texts.tsv"
    lines = ["\t".join(line) for line in product(("fit", "like", "test"), "01", "01", ("a text",))]
    file.write_text("\n".join(lines) + "\n")
    experiment.TEXTS = str(file)
    _, fit, _, _ = experiment.real_data(model, 0.95)
    assert fit.truth.tolist() == [[False, False, True, True], [False, True, False, True]]
    file.write_text("fit\t2\t0\ta text\n")
    with pytest.raises(SystemExit, match="each line needs fit, like or test"):
        experiment.real_data(model, 0.95)
