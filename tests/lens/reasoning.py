"""Run by driver.py: the starter's text part on a random GPT-2 of transformers, offline."""


def check(experiment):
    """A real model writes on from an edited prefix; one that gets no sum right is told in a line."""
    import lab
    import pytest
    import torch
    import transformers
    from tiny_bridge import tiny_tokenizer

    tokenizer = tiny_tokenizer([experiment.SHOWN])
    torch.manual_seed(0)
    config = transformers.GPT2Config(n_layer=2, n_head=2, n_embd=32, vocab_size=600, n_positions=512)
    model = transformers.GPT2LMHeadModel(config)
    transformers.AutoTokenizer.from_pretrained = lambda name: tokenizer
    transformers.AutoModelForCausalLM.from_pretrained = lambda name, dtype: model.to(dtype)
    write = experiment.real_writer("tiny", "float32")
    text = write(experiment.SHOWN)
    assert isinstance(text, str)
    assert write(experiment.SHOWN) == text  # greedy: the same again
    begun, _ = experiment.continued(write, [1, 2, 3], [1, 4])
    assert begun[:2] == [1, 4]
    with pytest.raises(SystemExit, match="none of 20 sums came out right"):
        lab.record(experiment.run, out=experiment.RESULTS, model="tiny")

    def adds_on(prompt):
        numbers, _, sums = prompt.rpartition("Numbers: ")[2].partition("\nSums:")
        numbers, sums = numbers.split(), [int(total) for total in sums.replace(",", " ").split()]
        done = len(sums)
        for number in numbers[done:]:
            sums.append((sums[-1] if sums else 0) + int(number))
        return " " + ", ".join(map(str, sums[done:])) + f"\nAnswer: {sums[-1]}"

    experiment.real_writer = lambda name, dtype: adds_on
    record = lab.record(experiment.run, out=experiment.RESULTS, model="adder")
    assert (record["headline"], record["baseline"], record["put_right"]) == (1, 0, 0)
    assert (experiment.RESULTS / "figure.png").stat().st_size > 10_000
