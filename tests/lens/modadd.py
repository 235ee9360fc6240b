"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""

import types


def check(experiment):
    """`--model` runs the whole analysis on the bridge, and finds a wave that was written into it."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2(d_vocab=200)
    tokens = torch.arange(100, 200)  # stand for the numbers 0 to 99
    rows = experiment.embeddings(model, tokens)
    assert rows.shape == (100, 64)
    power, by_power, shuffled = experiment.analyse(model, tokens)
    assert power.shape == shuffled.shape == (50,)
    assert sorted(by_power) == list(range(1, 51))
    assert abs(power.sum().item() - 1) < 1e-5
    assert power.max() < 2 * shuffled[0]  # random embeddings know no order

    def turn(embed, hook):  # a wave of 10 turns, written into the embedding through the bridge's own hook
        angle = torch.arange(100) * 10 * 2 * torch.pi / 100
        embed = embed.clone()
        embed[:, 0, 0] += 5 * angle.cos()
        return embed

    with model.hooks(fwd_hooks=[("hook_embed", turn)]):
        assert experiment.analyse(model, tokens)[1][0] == 10

    def to_tokens(text, prepend_bos):  # " 0" to " 29" are one token, "0" to "9" without the space
        number = int(text)
        single = number < (30 if text.startswith(" ") else 10)
        return torch.tensor([[100 + number] if single else [1, 2]])

    reader = types.SimpleNamespace(tokenizer=object(), to_tokens=to_tokens)
    assert experiment.number_tokens(reader).tolist() == list(range(100, 130))

    experiment.number_tokens = lambda model: tokens
    record = run_main(experiment, lambda name: model)
    assert record["headline"] < 2 * record["baseline"]
