"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """`--model` runs the whole analysis on the bridge."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2()
    tokens, period = experiment.real_copies(model)
    assert (tokens[:, 0] == model.tokenizer.bos_token_id).all()
    assert torch.equal(tokens[:, 1 : 1 + period], tokens[:, 1 + period :])
    results = experiment.analyse(model, tokens, period)
    for name in ("previous", "induction", "without"):
        assert results[name].shape == (model.cfg.n_layers, model.cfg.n_heads)
        assert results[name].isfinite().all()
    layer, _ = results["best"]
    if layer:
        assert results["composition"].shape == (layer * model.cfg.n_heads, model.cfg.n_heads)
    unrelated = experiment.composition(model, 2)  # random weights
    assert (unrelated.mean() - 1).abs() < 0.1
    run_main(experiment, lambda name: model)
