"""The findings of neighbours, gaps, matrices and copy graphs, in English and Chinese."""

from typing import Any

from service.formats.analyses.findings import day_text, percent


def similar(result: Any, product: str, lang: str) -> str:
    """The headline of `similar_products`; `product` is the product's name."""
    day = day_text(result.on, lang)
    if not result.neighbours:
        if lang == "zh":
            return f"截至{day}，没有可与“{product}”比较的产品。"
        return f'On {day} there is no product to compare "{product}" with.'
    first = result.neighbours[0]
    share, shared = percent(first.jaccard), len(first.shared)
    if lang == "zh":
        text = (
            f"截至{day}，与“{product}”最相似的是{first.product}："
            f"任一方功能的{share}双方都有（{shared}项）。"
        )
    else:
        text = (
            f'On {day} the product most like "{product}" is {first.product}: {share} of the '
            f"features that either has are in both ({shared})."
        )
    return text


def gaps(result: Any, product: str, lang: str) -> str:
    """The headline of `gap_analysis`."""
    day, n, only = day_text(result.on, lang), len(result.missing), len(result.unique)
    surveyed = sum(gap.state == "absent" for gap in result.missing)
    if lang == "zh":
        text = (
            f"截至{day}，“{product}”未见具备{n}项同行常见的功能，其中{surveyed}项经调查确认没有；"
            f"有{only}项为其厂商独有。"
        )
    else:
        text = (
            f'On {day} "{product}" is not known to have {n} features that are common among its '
            f"peers; {surveyed} of them a survey found absent. {only} it has alone."
        )
    return text


def matrix(result: Any, market: str, lang: str) -> str:
    """The headline of `market_matrix`."""
    day, rows, columns = day_text(result.on, lang), len(result.rows), len(result.columns)
    if lang == "zh":
        text = f"截至{day}，“{market}”有{rows}款产品、{columns}项功能。"
    else:
        text = f'On {day} "{market}" has {rows} products and {columns} features.'
    return text


def copy_graph(result: Any, market: str, lang: str) -> str:
    """The headline of `copy_graph`."""
    day = day_text(result.on, lang)
    if not result.edges:
        if lang == "zh":
            return f"截至{day}，“{market}”没有跟进记录。"
        return f'By {day} no copy is recorded in "{market}".'
    top = result.edges[0]
    if lang == "zh":
        text = (
            f"截至{day}，“{market}”的{result.n_features}项功能被跟进{result.n_copies}次；"
            f"最多的是{top.follower}跟进{top.leader}（{top.n_features}项）。"
        )
    else:
        text = (
            f'By {day} the {result.n_features} features of "{market}" were copied '
            f"{result.n_copies} times; most often by {top.follower} from {top.leader} "
            f"({top.n_features} features)."
        )
    return text
