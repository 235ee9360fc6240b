"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """`--model` runs the whole analysis on the bridge."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2()
    tokens, period = experiment.real_copies(model, count=4)
    pieces = [torch.arange(tokens.shape[1])]
    kinds, scores = experiment.analyse(model, tokens, period, pieces)
    for values in kinds.values():
        assert values.shape == (model.cfg.n_layers, model.cfg.n_heads)
    for values in scores.values():
        assert values.shape == (model.cfg.n_layers, model.cfg.n_heads, 1)
        assert values.isfinite().all()
    # random weights are nearly linear: the integrated gradient must agree with what ablation finds
    assert experiment.spearman(scores["integrated gradient"], scores["resample"]) > 0.9
    run_main(experiment, lambda name: model)
    experiment.KIND = "duplicate"  # the detector alone
    record = run_main(experiment, lambda name: model)
    assert record["headline"] > record["baseline"] > 0
    assert "gradient agreement" not in record
