"""Run by driver.py: the starter on four random GPT-2s behind the bridge."""


def check(experiment):
    """The real run takes base, suspect and two harmless ones, and names what is missing."""
    import lab
    import pytest
    from tiny_bridge import tiny_gpt2

    models = {name: tiny_gpt2(seed=seed, d_vocab=300) for seed, name in enumerate(("base", "tuned", "one", "two"))}
    tokens = experiment.text_tokens(models["base"], count=4, length=16)
    assert tokens.shape == (4, 16)
    site = "blocks.1.hook_resid_post"
    base = experiment.activations(models["base"], tokens, site)
    assert base.shape == (4 * 15, models["base"].cfg.d_model)

    lab.real_model = lambda name, dtype="float32", **settings: models[name]
    given = dict(model="base", tuned="tuned", harmless="one,two")
    record = lab.record(experiment.run, out=experiment.RESULTS, **given)
    assert (experiment.RESULTS / "figure.png").stat().st_size > 10_000
    assert record["headline"] > 0
    assert record["baseline"] > 0
    with pytest.raises(SystemExit, match="--harmless NAME,NAME"):
        lab.record(experiment.run, out=experiment.RESULTS, model="base")
