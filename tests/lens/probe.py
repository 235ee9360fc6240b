"""Run by driver.py: the starter on a random GPT-2 behind the bridge."""


def check(experiment):
    """Reviews are the same in English; probes and steering work on the bridge, and a push far enough turns answers."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    words = [word for kind in experiment.ENGLISH.values() for word in kind]
    sentence = " The plot was really good. The soup was not bad. Opinion: good film Subject: food"
    model = tiny_gpt2([*[f" {word}" for word in words] * 3, *[sentence] * 9], d_vocab=900)
    language = experiment.english(model)
    reviews = experiment.Reviews(language, 6, asked=experiment.TOPIC)
    text = model.tokenizer.decode(reviews.tokens[0, 1:])
    assert text.startswith(" The ") and text.endswith(" Subject:"), text
    assert text.count(" was ") == experiment.CLAUSES
    words = [model.tokenizer.decode([token]) for token in language.answers[experiment.TOPIC]]
    assert words == [" film", " food"]
    found = experiment.streams(model, reviews)
    assert found.shape == (model.cfg.n_layers, 6, model.cfg.d_model)
    assert found.isfinite().all()
    film, food = (model.W_U[:, token] for token in language.answers[experiment.TOPIC])
    last = model.cfg.n_layers - 1
    assert experiment.turned(model, language, experiment.TOPIC, last, film - food, torch.tensor(1e3)) > 0.9
    record = run_main(experiment, lambda name: model)
    assert set(record["steered"]) == {*experiment.PROBES, "means of topic", "random"}

    # the first step of 10.21: degrees of one scale in place of good and bad, a direction at each layer
    experiment.ENGLISH = {**experiment.ENGLISH, "good": ["superb", "brilliant"], "bad": ["nice", "good"]}
    reviews = experiment.Reviews(experiment.english(model), 60)
    found, strong = experiment.streams(model, reviews), reviews.truth[experiment.OPINION]
    directions = [experiment.mean_difference(stream, strong)[0] for stream in found]
    assert len(directions) == model.cfg.n_layers
    assert all(direction.isfinite().all() and direction.norm() > 0 for direction in directions)
