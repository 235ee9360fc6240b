"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """`--model` runs the whole analysis on the bridge; labels go to the tokens they belong to."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2([experiment.TEXT[:50_000]])
    tokens, labels = experiment.real_text(model, count=20)
    for feature in ("space after the", "space of indentation"):
        assert (labels[feature] == experiment.YES).any(), feature
    yes = labels["space after the"] == experiment.YES
    for piece in model.to_str_tokens(tokens[yes][:20]):
        assert piece.startswith(" ")
    before = model(tokens[:2])
    experiment.cost_of_silencing(model, tokens[:4], labels["space after the"][:4], 1, 3)
    assert torch.equal(model(tokens[:2]), before)
    highest = experiment.activations(model, tokens, 1)[..., 3].max().item()
    fires, text = experiment.top_texts(model, tokens, 1, 3)[0]
    assert fires == highest
    assert experiment.activations(model, text[None], 1).shape[1] == len(text) <= 15
    experiment.READ.append((1, 3))
    run_main(experiment, lambda name: model)
