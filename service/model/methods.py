"""The methods by which figures are made: what they say, how, in which version."""

from msgspec import Struct
from msgspec.structs import replace


class Method(Struct, frozen=True, kw_only=True):
    """Which method, in which version, asked with which parameters."""

    id: str
    version: str
    parameters: dict[str, object]
    href: str


class Text(Struct, frozen=True):
    """What a method is, in one language."""

    name: str
    definition: str
    assumptions: str
    limits: str


class Description(Struct, frozen=True, kw_only=True):
    """A method for readers: in words, as a formula, with its sources and its history."""

    version: str
    formula: str
    references: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...]  # version; what changed, in English and Chinese
    en: Text
    zh: Text


FIRST = (("1.0.0", "First version.", "首个版本。"),)
VENDORS_AS_DRAW = (
    "The vendors and the curated features are each one draw among many; joint absences mean "
    "nothing; products without any recorded feature are missing data, not differences."
)
VENDORS_AS_DRAW_ZH = (
    "厂商与所收录的功能都视为众多可能之一；双方都没有的功能不计；"
    "没有任何功能记录的产品按缺失处理，不算差异。"
)

DISPUTED = " Of facts that contradict each other only the preferred one counts."
DISPUTED_ZH = "互相矛盾的事实中只有被采信的一条计入。"

_METHODS: dict[str, Description] = {
    "homogenization": Description(
        version="1.0.0",
        formula="score = 2/(V(V-1)) sum over vendor pairs v<w of h_vw; "
        "h_vw = mean of |A and B| / |A or B| over products p of v, q of w",
        references=(
            "Olden & Rooney 2006, Global Ecol. Biogeogr. 15:113",
            "Baiser et al. 2012, Proc. R. Soc. B 279:4772",
            "Baselga 2010, 2012, Global Ecol. Biogeogr. 19:134, 21:1223",
            "Leinster & Cobbold 2012, Ecology 93:477",
            "Owen 2007; Owen & Eckles 2012, Ann. Appl. Stat. 1:386, 6:895",
        ),
        changes=FIRST,
        en=Text(
            "Market homogenization",
            "Pick two rival vendors at random and one product of each: what share of the features "
            "that either product has do both have? 0: nothing in common, 1: identical. The "
            "interval adds the jackknife errors over vendors and over features (t limits); the "
            "date band is the range over 200 draws of the imprecise dates.",
            VENDORS_AS_DRAW,
            "A missing fact reads as a difference: see coverage and both readings. How finely "
            "features are cut drives every similarity. A rise may be entry or exit of rivals: "
            "change splits it into within, entry and exit.",
        ),
        zh=Text(
            "市场同质化程度",
            "随机取两家竞争厂商各一款产品：任一方具备的功能中，双方都有的占多少？0为毫无共同点，1为完全相同。"
            "区间合并了对厂商与对功能的刀切误差（t分布）；日期带为200次抽取不精确日期所得的范围。",
            VENDORS_AS_DRAW_ZH,
            "缺失的事实会被读作差异，请同时看覆盖率与两种读法。功能划分的粗细影响所有相似度。"
            "分数上升可能来自厂商进入或退出：change 将其拆分为内部、进入与退出。",
        ),
    ),
    "feature-homogenization": Description(
        version="1.0.0",
        formula="penetration = x/V; pair share = x(x-1)/(V(V-1)); contribution = score - score "
        "without the feature",
        references=("Hidalgo & Hausmann 2009, PNAS 106:10570",),
        changes=FIRST,
        en=Text(
            "How standard a feature is",
            "The share of a market's vendors that have the feature, and its class: extinct, table "
            "stakes (all, or at least 75 %), differentiator (one, or at most 25 %), contested.",
            "A census of the recorded vendors; bounds for vendors with nothing recorded.",
            "A changed definition of a feature needs a new feature; synonyms are merged before.",
        ),
        zh=Text(
            "功能的普及程度",
            "市场中具备该功能的厂商比例及其类别：已消失、标配（全部或至少75%）、差异点（一家或至多25%）、竞争中。",
            "对已记录厂商的普查；没有任何记录的厂商以上下界表示。",
            "功能定义改变时须另立新功能；同义功能须事先合并。",
        ),
    ),
    "product-homogenization": Description(
        version="1.0.0",
        formula="mean over other vendors of the mean Jaccard similarity to their products; "
        "fluidity = sum over own features of |D_f| / (||D|| sqrt(s))",
        references=(
            "Hoberg & Phillips 2016, JPE 124:1423",
            "Hoberg, Phillips & Prabhala 2014, J. Finance 69:293",
        ),
        changes=FIRST,
        en=Text(
            "How interchangeable a product is",
            "Its mean likeness to rivals' products, the nearest of them, the features that only "
            "it has, the table stakes it lacks, and whether rivals move where it stands.",
            VENDORS_AS_DRAW,
            "A census: no sampling interval.",
        ),
        zh=Text(
            "产品的可替代程度",
            "与竞品的平均相似度、最接近的竞品、独有功能、所缺的标配，以及竞争者是否正向其靠拢。",
            VENDORS_AS_DRAW_ZH,
            "为普查结果，没有抽样区间。",
        ),
    ),
    "pair-similarity": Description(
        version="1.0.0",
        formula="J = |A and B| / |A or B|; turnover = 2 min(b,c) / (a + 2 min(b,c)); "
        "p = P(Hyp >= a); lead = first day of B - first day of A",
        references=(
            "Baselga 2012, Global Ecol. Biogeogr. 21:1223",
            "Hoberg & Phillips 2016, JPE 124:1423",
        ),
        changes=FIRST,
        en=Text(
            "How alike two products are",
            "The share of the features that either has which both have; whether the difference is "
            "other features (turnover) or fewer (nestedness); the chance of so much overlap at "
            "random; and on the shared features who had them first.",
            VENDORS_AS_DRAW,
            "A census: no sampling interval. The lead rests on the middles of imprecise dates.",
        ),
        zh=Text(
            "两款产品的相似程度",
            "任一方具备的功能中双方都有的比例；差异是功能不同（周转）还是功能更少（嵌套）；随机得到如此重叠的概率；"
            "以及在共同功能上谁先具备。",
            VENDORS_AS_DRAW_ZH,
            "为普查结果，没有抽样区间。先后取不精确日期的区间中点。",
        ),
    ),
    "vendor-portfolio": Description(
        version="1.0.0",
        formula="internal similarity = mean Jaccard of own pairs; effective products = "
        "n/(1+(n-1) internal)",
        references=("Leinster & Cobbold 2012, Ecology 93:477",),
        changes=FIRST,
        en=Text(
            "A vendor's portfolio",
            "How alike its own live products are (cannibalizing), and how like its rivals' they "
            "are, market by market.",
            VENDORS_AS_DRAW,
            "One product has no internal similarity.",
        ),
        zh=Text(
            "厂商产品组合",
            "自家在售产品之间的相似度（内部竞争），以及在各市场与竞品的相似度。",
            VENDORS_AS_DRAW_ZH,
            "只有一款产品时没有内部相似度。",
        ),
    ),
    "business-model-homogenization": Description(
        version="1.0.0",
        formula="as homogenization, with business models for features; HHI = sum of squared "
        "shares of use over vendors",
        references=("Hirschman 1945; Herfindahl 1950",),
        changes=FIRST,
        en=Text(
            "Do rivals charge the same way",
            "Likeness of the vendors' business models, their mix, and its concentration.",
            "Every recorded monetization counts alike, whatever it earns.",
            "Shares of use, not of revenue.",
        ),
        zh=Text(
            "竞争者的收费方式是否相同",
            "厂商商业模式的相似度、构成及其集中度。",
            "每条变现记录同等计入，与收入多少无关。",
            "为使用比例，而非收入比例。",
        ),
    ),
    "time-to-copy": Description(
        version="1.0.0",
        formula="S(t) = product over copy days of (1 - d/Y), Y = #{entry < t <= exit}; median = "
        "first t with S <= 1/2; log-log limits",
        references=(
            "Klein & Moeschberger, Survival Analysis, 4.6",
            "Brookmeyer & Crowley 1982, Biometrics 38:29",
            "Turnbull 1976, JRSS B 38:290; Frydman 1994, JRSS B 56:71",
            "Agarwal & Gort 2001, J. Law Econ. 44:161",
            "Mansfield 1985, J. Ind. Econ. 34:217",
        ),
        changes=FIRST,
        en=Text(
            "Time-to-copy of a feature",
            "How many days after the first launch had half of the rivals that were in a position "
            "to copy the feature done so? Kaplan-Meier over rival vendors on the age of the "
            "feature, with delayed entry, and censoring at the day asked and at exit. Launches "
            "within a week of the first are simultaneous.",
            "Rivals that left or have not copied yet would copy like those still watched.",
            "Null with a lower bound when fewer than half have copied. Features recorded only "
            "because somebody copied them make every speed too fast.",
        ),
        zh=Text(
            "功能的跟进时间",
            "首次推出多少天后，半数有条件跟进的竞争者已经跟进？以功能年龄为时钟，对竞争厂商作Kaplan-Meier估计，"
            "考虑延迟进入，并在查询日与退出时删失。首发后一周内推出的视为同时。",
            "已退出或尚未跟进者，其跟进倾向与仍在观察者相同。",
            "不足半数跟进时为空，并给出下界。若功能只因被跟进才被记录，则所有速度都会偏快。",
        ),
    ),
    "pooled-time-to-copy": Description(
        version="1.0.0",
        formula="hazard of feature j at age t: theta_j lambda_k, theta_j ~ Gamma(a, a); typical "
        "median: Lambda(t) = a (2^(1/a) - 1)",
        references=(
            "Gaver & O'Muircheartaigh 1987, Technometrics 29:1",
            "Agarwal & Gort 2001, J. Law Econ. 44:161",
        ),
        changes=FIRST,
        en=Text(
            "A market's typical speed of copying",
            "Features borrow strength from each other: a rate per band of age, a speed per "
            "feature pulled towards the market's. The limits are a jackknife over features.",
            "Features differ in speed by a gamma distribution; within a band the rate is constant.",
            "At least 3 features and 5 copies; null beyond the ages observed.",
        ),
        zh=Text(
            "市场的典型跟进速度",
            "各功能互相借用信息：每个年龄段一个速率，每项功能一个向市场水平收缩的速度。区间为对功能的刀切法。",
            "功能之间的速度服从伽马分布；年龄段内速率不变。",
            "至少需要3项功能、5次跟进；超出观察年龄时为空。",
        ),
    ),
    "copy-trend": Description(
        version="1.0.0",
        formula="Cox model with z = origin in years from the mean; Efron ties; sandwich clustered "
        "by feature; t limits",
        references=("Lin & Wei 1989, JASA 84:1074", "Fay, Brittain & Proschan 2013, "
                    "Biostatistics 14:723"),
        changes=FIRST,
        en=Text(
            "Is copying getting faster",
            "The factor by which the daily chance of being copied is higher for features born a "
            "year later; beside it a log-rank test and a permutation test.",
            "Proportional hazards over the birth years of features.",
            "Selection: recent features that are recorded only once copied look fast.",
        ),
        zh=Text(
            "跟进是否在加快",
            "晚一年诞生的功能，每日被跟进的机会高出多少倍；并附对数秩检验与置换检验。",
            "风险比在功能诞生年份上成比例。",
            "选择偏差：只有被跟进后才被记录的新功能会显得更快。",
        ),
    ),
    "vendor-league": Description(
        version="1.0.0",
        formula="innovator share = contested first credits / contested features; follower speed = "
        "(O+2)/(E+2), E from the pooled Nelson-Aalen hazard",
        references=("Klein & Moeschberger, Survival Analysis, 4.2",),
        changes=FIRST,
        en=Text(
            "Who leads, who follows",
            "First credits split among simultaneous first movers; copies observed against those "
            "expected of a rival at risk for the same features at the same ages.",
            "All rivals share one hazard by feature age.",
            "Being first where nobody else was there is no win.",
        ),
        zh=Text(
            "谁领先，谁跟随",
            "首发得分由同时首发者平分；将实际跟进数与同期、同功能年龄下的期望跟进数相比。",
            "所有竞争者共用同一随功能年龄变化的风险率。",
            "市场上没有其他厂商时的首发不算领先。",
        ),
    ),
    "copy-forecast": Description(
        version="1.0.0",
        formula="p = 1 - (B/(B+dL))^A, A = a+n_j, B = a+M_j, dL = Lambda(s+h) - Lambda(s)",
        references=("Gaver & O'Muircheartaigh 1987, Technometrics 29:1",),
        changes=FIRST,
        en=Text(
            "Who will copy next",
            "For each pending rival the chance of a copy within a horizon if it stays. The "
            "backtest refits at past days and compares with what came.",
            "The future is copied at the rates of the past.",
            "Shown for calibrated horizons only: at least 30 cases and 5 copies, observed over "
            "expected within 2/3 and 1.5, and a better Brier score than a constant rate.",
        ),
        zh=Text(
            "下一个跟进者",
            "每个尚未跟进的竞争者若仍在场，在期限内跟进的概率。回测在过去的日期重新拟合并与实际比较。",
            "未来的跟进速率与过去相同。",
            "只显示经过校准的期限：至少30例、5次跟进，实际与期望之比在2/3至1.5之间，且Brier得分优于恒定速率。",
        ),
    ),
    "similar-products": Description(
        version="1.0.0",
        formula="|A and B| / |A or B| of one product with every other; p = P(Hyp >= |A and B|)",
        references=("Olden & Rooney 2006, Global Ecol. Biogeogr. 15:113",),
        changes=FIRST,
        en=Text(
            "Similar products",
            "The profiled products of a market by their Jaccard similarity to one, with shared "
            "and differing features and the chance of so much overlap at random.",
            VENDORS_AS_DRAW,
            "Unknown cells read as absent; siblings of the same vendor are marked, not left out.",
        ),
        zh=Text(
            "相似产品",
            "按Jaccard相似度排列同一市场中有功能记录的产品，列出共同与不同的功能，以及随机得到如此重叠的概率。",
            VENDORS_AS_DRAW_ZH,
            "未知按没有处理；同一厂商的产品会标出，不会剔除。",
        ),
    ),
    "gap-analysis": Description(
        version="1.0.0",
        formula="peer_share_f = peers that have f / peers; age = on - first day of f in the market",
        references=("Parity, this definition",),
        changes=FIRST,
        en=Text(
            "Gap analysis",
            "What at least a share of the peers has and a product is not known to have, who was "
            "first with it and when, how the share moved in a year; and what only its vendor has. "
            "Peers are all rival vendors (market) or the five likest rival products (nearest).",
            "A vendor has what one of its live products in the market has.",
            "A gap is `absent` only where a survey in force says so; otherwise it is `unknown`.",
        ),
        zh=Text(
            "差距分析",
            "一定比例的同行具备、而该产品未见具备的功能，谁最先推出、何时推出、一年内比例的变化；以及只有其厂商具备的功能。同行为全部竞争厂商（market）或最相似的五款竞品（nearest）。",
            "厂商在该市场的任一在售产品具备即视为厂商具备。",
            "只有有效期内的调查能说明“没有”；否则为“未知”。",
        ),
    ),
    "market-matrix": Description(
        version="1.0.0",
        formula="cell (p, f) on a day: present, absent (surveyed) or unknown; lag = first day of f "
        "in p - first day of f in the market",
        references=("Parity, this definition",),
        changes=FIRST,
        en=Text(
            "Products against features",
            "The bit matrix behind every similarity of a market, with what is not known marked.",
            "Dates stand for the middle of their interval.",
            "Only profiled products and alive features.",
        ),
        zh=Text(
            "产品与功能矩阵",
            "市场相似度背后的矩阵，并标出未知之处。",
            "不精确的日期取区间中点。",
            "只含有功能记录的产品和当前存在的功能。",
        ),
    ),
    "copy-graph": Description(
        version="1.0.0",
        formula="weight(A, B) = sum over features with A among the first movers G and B later of "
        "1/|G|",
        references=("Parity, this definition",),
        changes=FIRST,
        en=Text(
            "Who copies whom",
            "An edge from each first mover of a feature (within the simultaneity window) to each "
            "rival that has it later; the credit is split among first movers.",
            "The rival took it from those who were first, not from whoever came between.",
            "Order in time is no proof of imitation. Weights sum to the copies, credits to the "
            "features.",
        ),
        zh=Text(
            "谁跟进谁",
            "从功能的每个首发厂商（同时窗口内）指向每个后来具备的竞争者；功劳在首发者之间平分。",
            "视后来者跟进首发者，而不是中间的厂商。",
            "时间先后并不证明模仿。权重之和等于跟进次数，功劳之和等于功能数。",
        ),
    ),
    "compare": Description(
        version="1.0.0",
        formula="lag = first day of the subject - first day among the compared, as an interval",
        references=("Parity, this definition",),
        changes=FIRST,
        en=Text(
            "Comparison",
            "Two to ten products or vendors, attribute by attribute and feature by feature, with "
            "stages, dates as stored, lags behind the first of them, prices and sources.",
            "A vendor has what one of its live products has.",
            "Cells without record are `unknown` unless a survey in force says `absent`.",
        ),
        zh=Text(
            "比较",
            "两到十个产品或厂商，逐项比较属性与功能：阶段、日期、落后于其中首发者的天数、价格和来源。",
            "厂商的任一在售产品具备即视为厂商具备。",
            "没有记录的为“未知”，除非有效期内的调查说明“没有”。",
        ),
    ),
}  # fmt: skip


def _said_of_all(description: Description) -> Description:
    """With what every method assumes."""
    en, zh = description.en, description.zh
    return replace(
        description,
        en=replace(en, assumptions=en.assumptions + DISPUTED),
        zh=replace(zh, assumptions=zh.assumptions + DISPUTED_ZH),
    )


METHODS = {name: _said_of_all(description) for name, description in _METHODS.items()}


def method(method_id: str, parameters: dict[str, object]) -> Method:
    return Method(
        id=method_id,
        version=METHODS[method_id].version,
        parameters=dict(sorted(parameters.items())),
        href=f"/v1/methods/{method_id}",
    )
