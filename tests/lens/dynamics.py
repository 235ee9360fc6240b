"""Run by driver.py: the starter on random GPT-2s behind the bridge."""


def check(experiment):
    """`--model` runs the measures on several bridges in order."""
    import torch
    from tiny_bridge import run_main, tiny_gpt2

    model = tiny_gpt2()
    tokens, period = experiment.real_copies(model)
    previous, induction = experiment.head_scores(model, tokens, period)
    assert previous.shape == induction.shape == (model.cfg.n_layers, model.cfg.n_heads)
    before = model(tokens)
    for head in range(model.cfg.n_heads):
        experiment.copying_accuracy(model, tokens, period, silenced=(1, head))
    assert torch.equal(model(tokens), before)  # the hook is gone

    changed = []  # the hook edits: what the last layer sees is not the same

    def look(stream, hook):
        changed.append(stream.clone())

    def silence(z, hook):
        z = z.clone()
        z[:, :, 0] = z[:, :, 0].mean(0)
        return z

    model.run_with_hooks(tokens, fwd_hooks=[("blocks.1.hook_resid_post", look)])
    hooks = [("blocks.0.attn.hook_z", silence), ("blocks.1.hook_resid_post", look)]
    model.run_with_hooks(tokens, fwd_hooks=hooks)
    assert not torch.allclose(changed[0], changed[1])

    value = experiment.composition(model, (0, 1), (2, 3))
    assert 0.05 < value < 0.3  # random weights: about 1 / sqrt(d_model) = 0.125

    # what --model stands for; the list of published steps comes with TransformerLens and needs no network
    stages = experiment.real_stages("pythia-70m")
    assert [settings["checkpoint_value"] for _, _, settings in stages][:3] == [0, 128, 256]
    assert stages[-1][0] == "143000"
    assert [label for label, _, _ in experiment.real_stages("gpt2,distilgpt2")] == ["gpt2", "distilgpt2"]
    assert experiment.real_stages("gpt2")[0][2] == {"load_weights": False}

    loaded = []

    def load(name, **settings):
        loaded.append((name, settings))
        return tiny_gpt2(seed=len(loaded))

    check_old_format(experiment)
    run_main(experiment, load, "pythia-70m")
    assert len(loaded) == 11  # ten checkpoints, and the last one first, to choose the heads


def check_old_format(experiment):
    """Models in the old format load from a stand-in for the hub, by their checkpoints; without any, one clear line."""
    import huggingface_hub
    import lab
    import pytest
    from transformer_lens.tools.model_registry.registry_io import resolve_model_alias

    checkpoints = [f"checkpoints/model_{10**n:012}.pth" for n in range(6, 11)]
    saved = {"attn-only-2l": checkpoints, "solu-1l": [], "solu-1l-wiki": []}
    hub = {resolve_model_alias(alias): old_repository([*files, "final.pth"]) for alias, files in saved.items()}

    class Hub:
        def list_repo_files(self, name):
            return sorted(path.relative_to(hub[name]).as_posix() for path in hub[name].rglob("*.pth"))

    def results(name):
        return lab.record(experiment.run, model=name, out=experiment.RESULTS)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(huggingface_hub, "HfApi", Hub)
        patch.setattr(huggingface_hub, "hf_hub_download", lambda name, file: str(hub[name] / file))
        labels = [label for label, _, _ in experiment.real_stages("attn-only-2l")]
        assert labels == [str(10**n) for n in range(6, 11)]
        assert results("attn-only-2l")["after"] in labels
        assert results("solu-1l,solu-1l-wiki")["after"] in ("solu-1l", "solu-1l-wiki")
        for name in ("solu-1l", "NeelNanda/SoLU_1L512W_C4_Code"):
            with pytest.raises(SystemExit, match=f"^{name} has no checkpoints .*attn-only-2l.*solu-1l,solu-1l-wiki$"):
                results(name)


def old_repository(files):
    """The folder of a model in the old format: its settings, and random weights in each of `files`."""
    import json
    import tempfile
    from pathlib import Path

    import torch
    from tiny_bridge import tiny_tokenizer
    from tinylens import Config, TinyTransformer

    folder = Path(tempfile.mkdtemp())
    (folder / "checkpoints").mkdir()
    tiny_tokenizer(["a b c"]).save_pretrained(folder / "tokenizer")
    cfg = Config(n_layers=2, d_model=64, n_heads=4, d_vocab=600, n_ctx=64)
    settings = {name: getattr(cfg, name) for name in ("n_layers", "d_model", "n_heads", "d_head", "d_vocab", "n_ctx")}
    settings |= {"d_mlp": 256, "act_fn": "gelu", "attn_only": True, "normalization_type": "LNPre"}
    (folder / "config.json").write_text(json.dumps({**settings, "tokenizer_name": str(folder / "tokenizer")}))
    for file in files:
        weights = TinyTransformer(cfg).state_dict()
        for name, part in (("W_E", "embed"), ("W_pos", "pos_embed"), ("W_U", "unembed")):
            weights[f"{part}.{name}"] = weights.pop(name)
        torch.save(weights, folder / file)
    return folder
