"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """Landmarks become prompts with their places; slopes on the bridge are what a small push does; the whole run works."""
    import pytest
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    clues = [clue.strip().split(", ") for clue in experiment.CLUES.split(";")]
    model = tiny_gpt2([" ".join([experiment.TEXT.format(clue[0]), *clue[1:]]) for clue in clues] * 4, d_vocab=900)
    model.requires_grad_(False)
    texts, words, asked, batches = experiment.landmarks(model)
    assert len(texts) == len(batches) == len(clues)
    assert [model.tokenizer.decode([token]) for token in asked] == [f" {word}" for word in words]
    tokens, (clue, end) = batches[0]
    assert end == tokens.shape[1] - 1
    assert model.tokenizer.decode(tokens[0, 1 : clue + 1]).endswith(texts[0])

    rows = model.W_U[:, asked[:2]].T.float()
    later, _ = experiment.mean_slopes(model, [(tokens, [clue])], rows)
    push, last = torch.randn(model.cfg.d_model), {}

    def after(size):
        def add(stream, hook):
            stream = stream.clone()
            stream[:, clue] += size * push
            return stream

        def keep(stream, hook):
            last["stream"] = stream

        final = f"blocks.{model.cfg.n_layers - 1}.hook_resid_post"
        model.run_with_hooks(tokens, fwd_hooks=[("blocks.0.hook_resid_post", add), (final, keep)])
        return (last["stream"][0, clue + 1 :] @ rows.T).sum(0)

    assert torch.allclose((after(0.01) - after(-0.01)) / 0.02, later[0] @ push, rtol=0.05, atol=1e-3)

    record = run_main(experiment, lambda name: model)
    assert set(record["named"]) == {"Jacobian", "logit", "with itself"}
    assert 0 <= record["patched"] <= 1
    donors = batches[-1:] + batches[:-1]
    assert all(0 <= share <= 1 for pair in experiment.slides(model, batches, donors, 4) for share in pair)
    experiment.CLUES = "the Eiffel Tower, Francocentricity, Paris"
    with pytest.raises(SystemExit, match="put others there"):
        experiment.landmarks(model)
