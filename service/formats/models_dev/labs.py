"""The labs of the catalogue: who makes the models, and under which providers they list them.

The table holds every lab that the `models` of a catalogue have named. Where `models` is empty the
providers stand for the labs. Vendor ids are those of the bundled data set where the company is
there. Who only hosts (amazon-bedrock, azure, groq) is no lab, whatever it makes besides.
"""

import re
from typing import NamedTuple


class Lab(NamedTuple):
    """A vendor, by its id in the catalogue.

    `providers`: the lab's own listings, whose models are its products where `own` matches the
    model's id (a lab's listing may resell others). `channels`: further listings of the lab's own.
    The lab's models there are neither products nor offerings; models of other labs are offerings.
    """

    vendor: str
    name: str
    country: str
    type: str
    providers: tuple[str, ...] = ()
    own: str = ""
    channels: tuple[str, ...] = ()

    def makes(self, model: str) -> bool:
        return re.match(self.own, model, re.IGNORECASE) is not None


LABS: dict[str, Lab] = {
    "alibaba": Lab(
        "alibaba",
        "Alibaba",
        "CN",
        "big_tech",
        ("alibaba",),
        "qw|qvq",
        (
            "alibaba-cn",
            "alibaba-coding-plan",
            "alibaba-coding-plan-cn",
            "alibaba-token-plan",
            "alibaba-token-plan-cn",
        ),
    ),
    "anthropic": Lab("anthropic", "Anthropic", "US", "startup", ("anthropic",), "claude"),
    "cohere": Lab("cohere", "Cohere", "CA", "startup", ("cohere",)),
    "deepreinforce": Lab("deepreinforce", "DeepReinforce", "US", "startup"),
    "deepseek": Lab("deepseek", "DeepSeek", "CN", "startup", ("deepseek",), "deepseek"),
    "google": Lab("google", "Google", "US", "big_tech", ("google",), "gem"),
    "meta": Lab("meta", "Meta", "US", "big_tech", ("llama",), "llama"),
    "minimax": Lab(
        "minimax",
        "MiniMax",
        "CN",
        "startup",
        ("minimax",),
        "minimax",
        ("minimax-cn", "minimax-coding-plan", "minimax-cn-coding-plan"),
    ),
    "mistral": Lab("mistral-ai", "Mistral AI", "FR", "startup", ("mistral",)),
    "moonshotai": Lab(
        "moonshot-ai",
        "Moonshot AI",
        "CN",
        "startup",
        ("moonshotai",),
        "kimi|moonshot",
        ("moonshotai-cn", "kimi-for-coding"),
    ),
    "nvidia": Lab("nvidia", "NVIDIA", "US", "big_tech"),
    "openai": Lab("openai", "OpenAI", "US", "startup", ("openai",)),
    "perplexity": Lab(
        "perplexity-ai",
        "Perplexity",
        "US",
        "startup",
        ("perplexity",),
        "sonar",
        ("perplexity-agent",),
    ),
    "sakana": Lab("sakana-ai", "Sakana AI", "JP", "startup", ("sakana",)),
    "sarvam": Lab("sarvam-ai", "Sarvam AI", "IN", "startup", ("sarvam",)),
    "stepfun": Lab("stepfun", "StepFun", "CN", "startup", ("stepfun",), "step", ("stepfun-ai",)),
    "tencent": Lab(
        "tencent",
        "Tencent",
        "CN",
        "big_tech",
        ("tencent-tokenhub",),
        "hy|hunyuan",
        ("tencent-coding-plan",),
    ),
    "xai": Lab("xai", "xAI", "US", "startup", ("xai",), "grok"),
    "xiaomi": Lab(
        "xiaomi",
        "Xiaomi",
        "CN",
        "device_maker",
        ("xiaomi",),
        "mimo",
        ("xiaomi-token-plan-ams", "xiaomi-token-plan-cn", "xiaomi-token-plan-sgp"),
    ),
    "zhipuai": Lab(
        "zhipu-ai",
        "Zhipu AI",
        "CN",
        "startup",
        ("zhipuai", "zai"),
        "glm|cog",
        ("zhipuai-coding-plan", "zai-coding-plan"),
    ),
}
# Whose listing a provider is; all others are resellers.
SELLERS = {provider: lab for lab in LABS.values() for provider in (*lab.providers, *lab.channels)}
