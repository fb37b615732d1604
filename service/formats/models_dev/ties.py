"""Ids of models, and which model a reseller's own name of it means."""

import re
from collections.abc import Iterable
from hashlib import sha256

from service.formats.models_dev.labs import LABS, Lab

MAX_ID = 64
# Ids of the bundled data set that `<vendor>-<model>` could give: those get `-model` at the end.
TAKEN = frozenset(
    (
        "alibaba-bailian",
        "deepseek-api",
        "deepseek-chat",
        "google-ai-mode",
        "google-ai-overviews",
        "google-jules",
        "google-pixel",
        "google-project-mariner",
        "google-veo",
        "meta-ai",
        "meta-muse-agent",
        "minimax-agent",
        "minimax-music",
        "minimax-platform",
        "openai-codex",
        "openai-models",
        "openai-operator",
        "openai-sora",
        "stepfun-platform",
        "tencent-hunyuan",
        "tencent-ima",
        "tencent-yuanqi",
        "xiaomi-hyperai",
    )
)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def product_id(lab: Lab, model_id: str) -> str:
    """`openai` and `gpt-4.1` are `openai-gpt-4-1`, in every snapshot.

    It depends on lab and model id alone, never on what else is listed. Spellings of one lab that
    differ in signs and case only (`gpt-4.1`, `gpt-4-1`) are one model. What is too long is cut and
    ends in a digest of the whole.
    """
    whole = f"{lab.vendor}-{slug(model_id)}"
    if whole in TAKEN:
        return f"{whole}-model"
    if len(whole) <= MAX_ID:
        return whole
    return f"{whole[: MAX_ID - 9].rstrip('-')}-{sha256(whole.encode()).hexdigest()[:8]}"


def vendor_of(product: str) -> str:
    """The lab's vendor id in a product id; the longest that fits."""
    fits = [lab.vendor for lab in LABS.values() if product.startswith(f"{lab.vendor}-")]
    return max(fits, key=len, default="")


def by_model(products: Iterable[str]) -> dict[str, str]:
    """Products by the model's own part of their id; what two labs share is left out."""
    found: dict[str, set[str]] = {}
    for product in products:
        whole = product.removesuffix("-model")
        name = whole if whole in TAKEN else product
        if vendor := vendor_of(product):
            found.setdefault(name.removeprefix(f"{vendor}-"), set()).add(product)
    return {model: next(iter(of)) for model, of in found.items() if len(of) == 1}


def tied(model_id: str, models: dict[str, str]) -> str | None:
    """The product that a reseller's own model id means: the same name, whatever its prefix, cloud
    version (`-v1:0`) or variant (`:free`); never by likeness."""
    tail = model_id.rsplit("/", 1)[-1]
    bare = re.sub(r"(-v\d+)?:\d+$", "", tail.rsplit(".anthropic.", 1)[-1])
    after_dot = bare.partition(".")[2]
    for candidate in (tail, bare, after_dot, tail.partition(":")[0]):
        if (found := models.get(slug(candidate))) is not None:
            return found
    return None
