"""A randomly initialised GPT-2 behind TransformerBridge, offline, with a tokenizer trained on a few sentences.

For the lens checks of the starters: `tiny_gpt2(sentences)` stands in for `lab.real_model(name)`, and
`run_main` runs the whole experiment on it.
"""

import os

os.environ["HF_HUB_OFFLINE"] = "1"


def tiny_tokenizer(sentences, d_vocab=600):
    """Byte-level BPE as GPT-2's: words of the sentences become one token each (with their space in front)."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=d_vocab, special_tokens=["<|endoftext|>"], initial_alphabet=alphabet)
    tokenizer.train_from_iterator(sentences, trainer)
    special = {name: "<|endoftext|>" for name in ("bos_token", "eos_token", "unk_token", "pad_token")}
    # add_bos_token: else TransformerLens loads the tokenizer once more, from the hub
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, name_or_path="tiny", add_bos_token=True, **special)


def tiny_gpt2(sentences=("a b c",), n_layers=3, n_heads=4, d_model=64, d_vocab=600, n_ctx=128, seed=0):
    """TransformerBridge around GPT2LMHeadModel with random weights, in compatibility mode."""
    import torch
    from transformer_lens.model_bridge.sources._bridge_builder import build_bridge_from_module
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(n_layer=n_layers, n_head=n_heads, n_embd=d_model, vocab_size=d_vocab, n_positions=n_ctx)
    original = GPT2LMHeadModel(config).eval()  # eval: no dropout
    tokenizer = tiny_tokenizer(sentences, d_vocab)
    model = build_bridge_from_module(
        original, "GPT2LMHeadModel", hf_config=config, model_name="gpt2", tokenizer=tokenizer
    )
    model.enable_compatibility_mode()
    return model


def run_main(experiment, load, name="gpt2"):
    """The record of a run with `--model name` and models from load(name, **settings). Its picture is not empty."""
    import lab

    lab.real_model = lambda name, dtype="float32", **settings: load(name, **settings)
    record = lab.record(experiment.run, model=name, out=experiment.RESULTS)
    assert (experiment.RESULTS / "figure.png").stat().st_size > 10_000
    return record
