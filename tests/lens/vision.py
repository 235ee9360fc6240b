"""Run by driver.py: the starter on a random ResNet and a random ConvNeXt, offline."""

import torch


def tiny_networks():
    """{name: randomly initialised network}, each well under a million weights."""
    from transformers import ConvNextConfig, ConvNextModel, ResNetConfig, ResNetModel

    sizes = {"hidden_sizes": [8, 16, 32, 48], "depths": [1, 1, 1, 1]}
    return {
        "resnet": ResNetModel(ResNetConfig(embedding_size=8, layer_type="basic", **sizes)),
        "convnext": ConvNextModel(ConvNextConfig(**sizes)),
    }


def check(experiment):
    """`--model` runs the whole analysis on both."""
    import lab

    torch.manual_seed(0)
    experiment.TRAIN, experiment.TEST = 300, 120
    for name, network in tiny_networks().items():
        path = experiment.RESULTS / name
        network.save_pretrained(path)  # so that the loading itself is tried, without a download
        check_cut(experiment, experiment.real_model(str(path)))
        record = lab.record(experiment.run, model=str(path), steps=200, out=experiment.RESULTS)
        assert record["headline"] > record["baseline"] + 0.1, (name, record)
        assert (experiment.RESULTS / "figure.png").stat().st_size > 20_000


def check_cut(experiment, model):
    """head(features(x)) is the whole network; an edit changes the logits; the hooks are gone afterwards."""
    model.out = torch.nn.Linear(48, 10)
    x = torch.rand(4, 1, experiment.REAL_SIZE, experiment.REAL_SIZE)
    with torch.no_grad():
        whole = model.out(model.pooled(x))
        f = model.features(x)
        assert f.shape[:2] == (4, 32)
        torch.testing.assert_close(model.head(f), whole, atol=1e-5, rtol=1e-4)
        assert not torch.allclose(model.head(torch.zeros_like(f)), whole)
        torch.testing.assert_close(model.out(model.pooled(x)), whole)
