"""Run in an environment with transformer-lens: python loading.py REPOSITORY. Prints what lab.py says of each name.

A server on this machine stands in for the hub.
"""

import http.server
import os
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace


class Hub(http.server.BaseHTTPRequestHandler):
    """No name is known here, and one that begins with `gated` may not be read."""

    def answer(self):
        gated = "gated" in self.path
        self.send_response(403 if gated else 404)
        self.send_header("X-Error-Code", "GatedRepo" if gated else "RepoNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *arguments):
        pass


def said(lab, name, dtype="float32", **settings):
    """What `lab.real_model` ends with."""
    try:
        model = lab.real_model(name, dtype, **settings)
    except SystemExit as error:
        return error
    return f"loaded as {model.W_E.dtype}"


def tiny_model(folder):
    """A GPT-2 with random weights, saved with its tokenizer as a user would have it on disk."""
    from tiny_bridge import tiny_tokenizer
    from transformers import GPT2Config, GPT2LMHeadModel

    config = GPT2Config(n_layer=2, n_head=4, n_embd=64, vocab_size=600, n_positions=64)
    GPT2LMHeadModel(config).save_pretrained(folder)
    tiny_tokenizer(["a b c"]).save_pretrained(folder)
    return str(folder)


if __name__ == "__main__":
    repository = Path(sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ |= {"HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "HF_HOME": str(repository / "hub")}
    sys.path.insert(0, str(repository))
    os.environ.pop("HF_HUB_OFFLINE", None)
    import lab
    import psutil

    for name in ("gated-model", "NeelNanda/gated", "no-such-model", "NeelNanda/no-such-model", "two words"):
        print(f"{name}: {said(lab, name)}")
    odd = repository / "odd"
    odd.mkdir()
    (odd / "config.json").write_text('{"model_type": "resnet", "architectures": ["ResNetModel"]}')
    print("odd:", said(lab, str(odd)))
    server.shutdown()
    server.server_close()
    time.sleep = lambda seconds: None  # the library tries several times
    for name in ("gpt2", "NeelNanda/SoLU_1L512W_C4_Code"):
        print(f"no network, {name}: {said(lab, name)}")
    tiny = tiny_model(repository / "tiny")
    for dtype in ("float32", "bfloat16", "float16"):
        print(f"{dtype}:", said(lab, tiny, dtype))
    print("a checkpoint:", said(lab, tiny, checkpoint_value=5))
    psutil.virtual_memory = lambda: SimpleNamespace(available=100_000)
    for dtype in ("float32", "float16"):
        print(f"little memory, {dtype}:", said(lab, tiny, dtype))
    sys.modules["transformer_lens"] = None
    print("missing:", said(lab, tiny))
