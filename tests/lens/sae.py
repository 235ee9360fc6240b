"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """The activations are those of the middle layer, without the first position; the whole run works on the bridge."""
    from pydoc_data.topics import topics

    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2([text[:2000] for text in topics.values()])
    activations = experiment.real_activations(model, count=4, length=16)
    assert activations.shape == (4 * 15, model.cfg.d_model)
    assert abs(activations.pow(2).mean() - 1) < 1e-4
    record = run_main(experiment, lambda name: model)
    assert record["what"] == "variance explained"
    assert record["headline"] > 0
