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
    fires = experiment.activations(model, tokens, 1)[..., 3]
    highest, text = experiment.top_texts(fires, tokens)[0]
    assert highest == fires.max().item()
    assert experiment.activations(model, text[None], 1).shape[1] == len(text) <= 15
    experiment.EVERY = 2
    ranked = sorted(fires.max(1).values.tolist(), reverse=True)
    assert [highest for highest, _ in experiment.top_texts(fires, tokens, count=3)] == ranked[:6:2]
    experiment.READ.append((1, 3))
    record = run_main(experiment, lambda name: model)
    assert record["L1N3"]["auc"].keys() == labels.keys()
    check_a_short_text(experiment, model)


def check_a_short_text(experiment, model):
    """It is read once, without overlap, from its start to its end; another hook may be read."""
    experiment.TEXT, label_all, seen = experiment.TEXT[:5_000], experiment.label_all, []
    experiment.label_all = lambda places: seen.append(places) or label_all(places)
    tokens, labels = experiment.real_text(model)
    starts = seen[0].flatten()
    assert (starts.diff() > 0).all()
    assert starts[0] == 0
    assert starts[-1] > 4_500
    experiment.HOOK = "hook_resid_post"
    assert experiment.activations(model, tokens, 1).shape == (*tokens.shape, model.cfg.d_model)
    assert experiment.find_neurons(model, tokens, labels).keys() == labels.keys()
