"""The words of closed lists for readers, in English and Chinese."""

LABELS: dict[str, tuple[str, str]] = {
    "application": ("application", "应用"),
    "device": ("device", "设备"),
    "model": ("model", "模型"),
    "big_tech": ("big technology company", "大型科技公司"),
    "startup": ("start-up", "创业公司"),
    "device_maker": ("device maker", "设备厂商"),
    "lab": ("laboratory", "实验室"),
    "active": ("active", "在售"),
    "discontinued": ("discontinued", "已停止"),
    "announced": ("announced", "已宣布"),
    "preview": ("preview", "预览"),
    "ga": ("generally available", "正式上线"),
    "planned": ("planned", "计划中"),
    "reported": ("reported", "据报道"),
    "actual": ("actual", "已发生"),
    "sourced": ("sourced", "有来源"),
    "unsourced": ("unsourced", "无来源"),
    "unstated": ("unstated", "未说明"),
    "funding_round": ("funding round", "融资"),
    "capex": ("capital expenditure", "资本支出"),
    "compute_purchase": ("purchase of computing power", "算力采购"),
    "daily_active_users": ("daily active users", "日活跃用户"),
    "weekly_active_users": ("weekly active users", "周活跃用户"),
    "monthly_active_users": ("monthly active users", "月活跃用户"),
    "registered_users": ("registered users", "注册用户"),
    "users_with_access": ("users with access", "可使用的用户"),
    "downloads": ("downloads", "下载量"),
    "preferred": ("preferred", "采信"),
    "other": ("not preferred", "未采信"),
}
UNKNOWN = ("unknown", "未知")


def label(word: str | None, lang: str) -> str:
    """The word in the language; itself where it has no label, "unknown" for None."""
    english, chinese = UNKNOWN if word is None else LABELS.get(word, (word, word))
    return chinese if lang == "zh" else english
