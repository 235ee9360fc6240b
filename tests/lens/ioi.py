"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""

import itertools


def check(experiment):
    """`--model` runs the whole analysis on the bridge, and its measurements are exact where they must be."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    pairs = list(itertools.permutations(experiment.NAMES, 2))
    model = tiny_gpt2([f"When{a} and{b} went to the store,{a} gave a drink to" for a, b in pairs])
    experiment.N_TEXTS = 100
    assert len(experiment.text_prompts(model).clean.unique(dim=0)) == 100
    experiment.N_TEXTS = 16
    prompts = experiment.text_prompts(model)
    assert prompts.clean.shape == (2 * len(experiment.NAMES), 15)
    assert (prompts.clean[:, -5] == prompts.giver).all()
    assert (prompts.corrupted[:, -5] == prompts.answer).all()
    results = experiment.analyse(model, prompts)
    restored = torch.zeros(15)
    restored[-5] = 1  # only there do the prompts differ
    assert torch.allclose(results["stream"][0], restored, atol=1e-2)
    assert results["heads"].shape == results["direct"].shape == (model.cfg.n_layers, model.cfg.n_heads)
    short = ("When Mary and John went", "When Amy and John went", " Mary", " Amy")
    long = ("When Tom and John went to the store, Tom gave a drink to", "When Dan and John went to the store, Dan gave a drink to", " Tom", " Dan")
    own = prompts_of(experiment, model, [short])
    assert own.clean.shape == own.corrupted.shape
    assert (own.clean != own.corrupted).sum() == 1
    assert model.to_str_tokens(own.giver) == [" Amy"]
    texts_of_several_lengths_are_measured_as_each_alone(experiment, model, short, long)
    for row, words in [
        (("When Mary", "When Mary went", " Mary", " Amy"), "'When Mary' has 3 tokens, its corrupted text 4"),
        (("When Mary", "When Amy", " Mary", " xyz"), "an answer is one token"),
    ]:
        try:
            prompts_of(experiment, model, [long, row])
        except SystemExit as error:
            assert words in str(error), error
        else:
            raise AssertionError(row)
    experiment.PROMPTS[:] = [short, long]
    asked = []
    run_main(experiment, lambda name, **settings: asked.append(settings) or model)
    assert asked == [{"checkpoint_value": None}]


def prompts_of(experiment, model, rows):
    """What the starter makes of `rows` as its PROMPTS."""
    experiment.PROMPTS[:] = rows
    return experiment.own_prompts(model)


def texts_of_several_lengths_are_measured_as_each_alone(experiment, model, *rows):
    """Every measure of a prompt is the same beside a longer one, which fills it up, and by itself."""
    import torch

    def measured(prompts):
        logits, cache = model.run_with_cache(prompts.clean)
        return [
            experiment.logit_difference(logits, prompts)[None, None],
            experiment.direct_attribution(model, prompts, cache),
            experiment.attention_to(model, prompts, cache, prompts.answer),
            experiment.patch_each(model, prompts, cache, "attn.hook_z", 2),
            experiment.patch_each(model, prompts, cache, "hook_resid_pre", 1)[:, :3],
        ]

    with torch.no_grad():
        together = measured(prompts_of(experiment, model, rows))
        for number, row in enumerate(rows):
            alone = measured(prompts_of(experiment, model, [row]))
            for one, all_of_them in zip(alone, together, strict=True):
                assert torch.allclose(one[..., 0], all_of_them[..., number], atol=1e-4)
