"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""

import itertools


def check(experiment):
    """`--model` runs the whole analysis on the bridge, and its measurements are exact where they must be."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    pairs = itertools.permutations(experiment.NAMES, 2)
    model = tiny_gpt2([f"When{a} and{b} went to the store,{a} gave a drink to" for a, b in pairs])
    prompts = experiment.text_prompts(model)
    assert prompts.clean.shape == (2 * len(experiment.NAMES), 15)
    assert (prompts.clean[:, -5] == prompts.giver).all()
    assert (prompts.corrupted[:, -5] == prompts.answer).all()
    results = experiment.analyse(model, prompts)
    restored = torch.zeros(15)
    restored[-5] = 1  # only there do the prompts differ
    assert torch.allclose(results["stream"][0], restored, atol=1e-2)
    experiment.PROMPTS[:] = [("When Mary and John went", "When Amy and John went", " Mary", " Amy")]
    own = experiment.own_prompts(model)
    assert own.clean.shape == own.corrupted.shape
    assert (own.clean != own.corrupted).sum() == 1
    assert model.to_str_tokens(own.giver) == [" Amy"]
    assert results["heads"].shape == results["direct"].shape == (model.cfg.n_layers, model.cfg.n_heads)
    run_main(experiment, lambda name: model)
