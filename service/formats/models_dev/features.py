"""What the catalogue says of a model, as features: capabilities, modalities, sizes, caching."""

from collections.abc import Callable
from typing import Any, NamedTuple

Model = dict[str, Any]


class CatalogueFeature(NamedTuple):
    """A feature, and whether a listing (the model, its cost) shows it: None if it does not say."""

    id: str
    name: str
    zh: str
    category: str
    definition: str
    shows: Callable[[Model, Model], bool | None]


def _flag(key: str) -> Callable[[Model, Model], bool | None]:
    def shows(model: Model, _: Model) -> bool | None:
        value = model.get(key)
        return value if isinstance(value, bool) else None

    return shows


def _takes(kind: str) -> Callable[[Model, Model], bool | None]:
    return lambda model, _: _has(model, "input", kind)


def _gives(kind: str) -> Callable[[Model, Model], bool | None]:
    return lambda model, _: _has(model, "output", kind)


def _has(model: Model, side: str, kind: str) -> bool | None:
    kinds = (model.get("modalities") or {}).get(side)
    return None if kinds is None else kind in kinds


def _context(tokens: int) -> Callable[[Model, Model], bool | None]:
    def shows(model: Model, _: Model) -> bool | None:
        size = (model.get("limit") or {}).get("context")
        return None if size is None else size >= tokens

    return shows


def _caches(_: Model, cost: Model) -> bool | None:
    if not cost:
        return None
    return any(cost.get(key) is not None for key in ("cache_read", "cached_input", "cache_input"))


# The first three are ids of the bundled data set and have its meaning, asked of a model. Its
# `voice-mode`, `image-generation` and `file-upload` are about conversations and are not used here.
FEATURES = (
    CatalogueFeature(
        "image-understanding",
        "Image understanding",
        "图像理解",
        "multimodal",
        "Users can attach a picture and get an answer about what it shows.",
        _takes("image"),
    ),
    CatalogueFeature(
        "long-context",
        "Long context",
        "长上下文",
        "knowledge",
        "Accepts at least 100,000 tokens of input at once.",
        _context(100_000),
    ),
    CatalogueFeature(
        "reasoning-mode",
        "Reasoning mode",
        "深度思考",
        "reasoning",
        "Trained to think at length before it answers.",
        _flag("reasoning"),
    ),
    CatalogueFeature(
        "context-200k",
        "200,000-token context",
        "20万词元上下文",
        "context",
        "Accepts at least 200,000 tokens of input at once.",
        _context(200_000),
    ),
    CatalogueFeature(
        "context-1m",
        "Million-token context",
        "百万词元上下文",
        "context",
        "Accepts at least 1,000,000 tokens of input at once.",
        _context(1_000_000),
    ),
    CatalogueFeature(
        "tool-calling",
        "Tool calling",
        "工具调用",
        "interface",
        "Answers with calls of functions that the developer declared.",
        _flag("tool_call"),
    ),
    CatalogueFeature(
        "structured-output",
        "Structured output",
        "结构化输出",
        "interface",
        "Answers are held to a schema that the developer gives.",
        _flag("structured_output"),
    ),
    CatalogueFeature(
        "file-attachment",
        "File attachment",
        "附件输入",
        "interface",
        "Requests may carry files beside the text.",
        _flag("attachment"),
    ),
    CatalogueFeature(
        "pdf-input",
        "PDF input",
        "PDF输入",
        "modality",
        "Reads PDF documents given as such.",
        _takes("pdf"),
    ),
    CatalogueFeature(
        "audio-input",
        "Audio input",
        "音频输入",
        "modality",
        "Takes sound as input.",
        _takes("audio"),
    ),
    CatalogueFeature(
        "video-input",
        "Video input",
        "视频输入",
        "modality",
        "Takes moving pictures as input.",
        _takes("video"),
    ),
    CatalogueFeature(
        "image-output",
        "Image output",
        "图像输出",
        "modality",
        "Answers with pictures.",
        _gives("image"),
    ),
    CatalogueFeature(
        "audio-output",
        "Audio output",
        "音频输出",
        "modality",
        "Answers with sound.",
        _gives("audio"),
    ),
    CatalogueFeature(
        "video-output",
        "Video output",
        "视频输出",
        "modality",
        "Answers with moving pictures.",
        _gives("video"),
    ),
    CatalogueFeature(
        "open-weights",
        "Open weights",
        "开放权重",
        "openness",
        "The weights can be downloaded.",
        _flag("open_weights"),
    ),
    CatalogueFeature(
        "prompt-caching",
        "Prompt caching",
        "提示缓存",
        "pricing",
        "Repeated input is kept and charged at a price of its own.",
        _caches,
    ),
)
