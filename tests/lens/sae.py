"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """Activations and losses are those of a layer, without the first position; the whole run works on the bridge."""
    from pydoc_data.topics import topics

    import torch
    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2([text[:2000] for text in topics.values()])
    tokens, site = experiment.real_tokens(model, length=16, count=12), "blocks.1.hook_resid_post"
    assert experiment.real_activations(model, tokens, site).shape == (12 * 15, model.cfg.d_model)
    plain = model(tokens, return_type="loss").item()
    assert abs(experiment.loss_with(model, tokens[:8], site, lambda x: x) - model(tokens[:8], return_type="loss")) < 1e-3
    assert experiment.loss_with(model, tokens, site, lambda x: 9 * torch.randn_like(x)) > plain
    record = run_main(experiment, lambda name: model)
    assert record["what"] == "variance explained"
    assert record["headline"] == round(record["explained"]["autoencoder"], 4) > 0
    assert "the mean" in record["loss_with"]
