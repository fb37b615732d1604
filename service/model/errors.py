"""What can go wrong, named once: stable codes, their texts, and the error that carries them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from msgspec import Struct


class Code(StrEnum):
    """Every error code: its word on the wire, its HTTP status, after how many seconds to try again
    (0: no Retry-After), and the challenge of WWW-Authenticate (RFC 6750, 3).

    Words are never reused. A new code is a member here and its texts.
    """

    status: int
    retry_seconds: int
    challenge: str

    def __new__(cls, word: str, status: int, retry_seconds: int = 0, challenge: str = "") -> Self:
        code = str.__new__(cls, word)
        code._value_ = word
        code.status = status
        code.retry_seconds = retry_seconds
        code.challenge = challenge
        return code

    UNKNOWN_PARAMETER = "unknown_parameter", 400
    UNKNOWN_FIELD = "unknown_field", 400
    GONE = "gone", 410
    MOVED = "moved", 308
    MERGE_INTO_ITSELF = "merge_into_itself", 422
    UNKNOWN_OPERATOR = "unknown_operator", 400
    INVALID_FILTER = "invalid_filter", 400
    UNKNOWN_VALUE = "unknown_value", 400
    UNKNOWN_REFERENCE = "unknown_reference", 400
    EMPTY_VALUE = "empty_value", 400
    INVALID_VALUE = "invalid_value", 400
    INVALID_DATE = "invalid_date", 400
    FILTER_TOO_COMPLEX = "filter_too_complex", 400
    INCOMPATIBLE_PARAMETERS = "incompatible_parameters", 400
    CURSOR_INVALID = "cursor_invalid", 400
    CURSOR_MISMATCH = "cursor_mismatch", 400
    REVISION_UNKNOWN = "revision_unknown", 400
    NOT_ACCEPTABLE = "not_acceptable", 406
    UNAUTHENTICATED = "unauthenticated", 401, 0, "Bearer"
    INVALID_TOKEN = "invalid_token", 401, 0, 'Bearer error="invalid_token"'
    FORBIDDEN = "forbidden", 403, 0, 'Bearer error="insufficient_scope"'
    QUOTA_EXCEEDED = "quota_exceeded", 429, 1
    KEY_NOT_ACTIVE = "key_not_active", 409
    NOT_FOUND = "not_found", 404
    METHOD_NOT_ALLOWED = "method_not_allowed", 405
    URI_TOO_LONG = "uri_too_long", 414
    INVALID_HOST = "invalid_host", 400
    PAYLOAD_TOO_LARGE = "payload_too_large", 413
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", 415
    INVALID_JSON = "invalid_json", 400
    INVALID_CSV = "invalid_csv", 400
    VALIDATION_FAILED = "validation_failed", 422
    WEBHOOK_TARGET_REFUSED = "webhook_target_refused", 422
    WEBHOOK_NOT_ACTIVE = "webhook_not_active", 409
    SOURCE_REQUIRED = "source_required", 422
    REFERENCE_IN_USE = "reference_in_use", 409
    PRECONDITION_REQUIRED = "precondition_required", 428
    PRECONDITION_FAILED = "precondition_failed", 412
    ALREADY_EXISTS = "already_exists", 409
    COMMENT_REQUIRED = "comment_required", 422
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused", 422
    IDEMPOTENCY_IN_PROGRESS = "idempotency_in_progress", 409
    CONFLICT_NATURAL_KEY = "conflict_natural_key", 409
    RELEASE_EXISTS = "release_exists", 409
    TOO_MANY_ROWS = "too_many_rows", 400
    ALREADY_DISPUTED = "already_disputed", 409
    NOT_DISPUTED = "not_disputed", 409
    ALREADY_DECIDED = "already_decided", 409
    IMPORT_ROW_FAILED = "import_row_failed", 422
    REVERT_CONFLICT = "revert_conflict", 409
    ALREADY_REVERTED = "already_reverted", 409
    NOTHING_TO_REVERT = "nothing_to_revert", 409
    LOCKED = "locked", 409
    BUSY = "busy", 503, 1
    DATABASE_TIMEOUT = "database_timeout", 503, 2
    DATABASE_UNAVAILABLE = "database_unavailable", 503, 1
    OUTCOME_UNKNOWN = "outcome_unknown", 503, 1
    INTERNAL_ERROR = "internal_error", 500


class Fault(Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request: by which code, where, and what would be right.

    The place is the query `parameter`; or the `pointer` (RFC 6901) into the body, of a file that
    into the record that begins on `line`.
    """

    code: Code
    detail: str
    parameter: str = ""
    pointer: str | None = None
    line: int = 0
    allowed: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()


FAULTS_SHOWN = 100


class Description(Struct, frozen=True):
    """The text of a code: title and way out, in English and Chinese."""

    title: str
    title_zh: str
    help: str
    help_zh: str


class ServiceError(Exception):
    """Something that happened, by its code; `ERRORS` has the texts.

    Told where they help: `retry_after` (seconds), the `scope` that was missing, the quota policies
    `violated`.
    """

    def __init__(
        self,
        code: Code,
        detail: str,
        faults: Iterable[Fault] = (),
        *,
        retry_after: int | None = None,
        scope: str | None = None,
        violated: Iterable[str] = (),
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)
        self.retry_after = retry_after
        self.scope = scope
        self.violated = tuple(violated)


class Gone(ServiceError):
    """The id was retired; `replaced_by` is the record in its place, `href` its address."""

    def __init__(
        self, detail: str, replaced_by: str | None = None, href: str | None = None
    ) -> None:
        super().__init__(Code.GONE, detail)
        self.replaced_by = replaced_by
        self.href = href


class Stale(ServiceError):
    """The record at `href` is not what the caller has read; `revision` is the newest one."""

    def __init__(self, detail: str, href: str, revision: int, faults: Iterable[Fault] = ()) -> None:
        super().__init__(Code.PRECONDITION_FAILED, detail, faults)
        self.href = href
        self.revision = revision


class Moved(ServiceError):
    """The record was merged into another: whatever was asked of it, ask the survivor."""

    def __init__(self, kind: str, old: str, new: str) -> None:
        super().__init__(Code.MOVED, f'The {kind} "{old}" was merged into "{new}".')
        self.old = old
        self.new = new


def not_found(kind: str, record_id: str, near: Iterable[str] = ()) -> ServiceError:
    """No record has this id."""
    names = tuple(near)
    hint = f" Did you mean {' or '.join(names)}?" if names else ""
    detail = f'There is no {kind} "{record_id[:80]}".{hint}'
    faults = [Fault(Code.NOT_FOUND, detail, did_you_mean=names)] if names else []
    return ServiceError(Code.NOT_FOUND, detail, faults)


def refused(faults: list[Fault]) -> ServiceError:
    """A request with faults: its code is the first fault's."""
    count = "1 parameter was" if len(faults) == 1 else f"{len(faults)} parameters were"
    return ServiceError(faults[0].code, f"{count} refused; nothing was answered.", faults)


def unprocessable(faults: Iterable[Fault]) -> ServiceError:
    """A well-formed body that breaks rules."""
    told = tuple(faults)
    count = "1 fault" if len(told) == 1 else f"{len(told)} faults"
    detail = f"{count} in the body; nothing was stored."
    return ServiceError(Code.VALIDATION_FAILED, detail, told[:FAULTS_SHOWN])


ERRORS: dict[Code, Description] = {
    Code.UNKNOWN_PARAMETER: Description(
        "Unknown parameter", "未知参数",
        "The path does not know the parameter; the nearest name is given.",
        "该路径没有这个参数；已给出最接近的名称。",
    ),
    Code.UNKNOWN_FIELD: Description(
        "Unknown field", "未知字段",
        "The collection does not have the field; /v1 lists what there is.",
        "该集合没有这个字段；可用字段见 /v1。",
    ),
    Code.GONE: Description(
        "Retired", "已停用",
        "The record was retired; its history and earlier revisions (as_of) still have it.",
        "该记录已停用；其历史和更早的版本（as_of）仍可查询。",
    ),
    Code.MOVED: Description(
        "Merged", "已合并",
        "The record lives on under another id; Location is the same question of the survivor.",
        "该记录已并入另一标识；Location 是对合并后记录的同一查询。",
    ),
    Code.MERGE_INTO_ITSELF: Description(
        "Merge into itself", "不能并入自身",
        "Name another record as into: the one that stays.",
        "into 须为另一条记录，即保留的那一条。",
    ),
    Code.UNKNOWN_OPERATOR: Description(
        "Unknown operator", "未知运算符",
        "The field is not compared that way; /v1/schema lists the operators of each field.",
        "该字段不支持这种比较；各字段的运算符见 /v1/schema。",
    ),
    Code.INVALID_FILTER: Description(
        "Invalid filter", "筛选表达式无效",
        "The detail names the character; write field = \"value\" AND (…), strings in quotes.",
        "详情指出了出错的位置；请写成 field = \"value\" AND (…)，字符串加引号。",
    ),
    Code.UNKNOWN_VALUE: Description(
        "Unknown value", "未知取值",
        "The parameter takes only the listed values.",
        "该参数只接受列出的取值。",
    ),
    Code.UNKNOWN_REFERENCE: Description(
        "Unknown reference", "引用不存在",
        "The id points at no record; the nearest ids are given.",
        "该标识没有对应的记录；已给出最接近的标识。",
    ),
    Code.EMPTY_VALUE: Description(
        "Empty value", "空值",
        "A parameter without a value filters nothing; leave it out or fill it.",
        "参数没有值；请删去该参数或填写值。",
    ),
    Code.INVALID_VALUE: Description(
        "Invalid value", "无效取值",
        "The value has the wrong form or lies out of range; the detail says what is right.",
        "取值的格式或范围不对；详情说明了正确写法。",
    ),
    Code.INVALID_DATE: Description(
        "Invalid date", "无效日期",
        "Write YYYY, YYYY-MM or YYYY-MM-DD, years 1000 to 9998; `on` is not in the future.",
        "请写 YYYY、YYYY-MM 或 YYYY-MM-DD，年份为1000至9998；on 不能晚于今天。",
    ),
    Code.FILTER_TOO_COMPLEX: Description(
        "Filter too complex", "筛选过于复杂",
        "Ask with fewer values or in several requests.",
        "请减少取值，或分几次请求。",
    ),
    Code.INCOMPATIBLE_PARAMETERS: Description(
        "Incompatible parameters", "参数互相冲突",
        "The named parameters exclude each other; keep one.",
        "所列参数不能同时使用；请保留其一。",
    ),
    Code.CURSOR_INVALID: Description(
        "Invalid cursor", "无效游标",
        "Take the cursor as it was given, or start again without one.",
        "请原样使用返回的游标，或不带游标重新开始。",
    ),
    Code.CURSOR_MISMATCH: Description(
        "Cursor of another query", "游标属于另一查询",
        "A cursor continues exactly the query that gave it; start again without one.",
        "游标只能用于给出它的同一查询；请不带游标重新开始。",
    ),
    Code.REVISION_UNKNOWN: Description(
        "Unknown revision", "未知修订号",
        "Ask for a revision up to the newest, which the detail names.",
        "请使用不超过最新修订号的值。",
    ),
    Code.NOT_ACCEPTABLE: Description(
        "Not acceptable", "无法提供所需格式",
        "The path answers JSON; ask for application/json or */*.",
        "该路径返回 JSON；请接受 application/json 或 */*。",
    ),
    Code.UNAUTHENTICATED: Description(
        "Key required", "需要密钥",
        "Send a key: Authorization: Bearer parity_...; `parity keys create` makes one.",
        "请发送密钥：Authorization: Bearer parity_...；用 parity keys create 创建。",
    ),
    Code.INVALID_TOKEN: Description(
        "Invalid key", "密钥无效",
        "The key is mistyped, unknown, expired, rotated or retired; without one, reads are public.",
        "密钥有误、不存在、已过期、已轮换或已停用；公开读取无需密钥。",
    ),
    Code.FORBIDDEN: Description(
        "Forbidden", "权限不足",
        "The key does not have the scope that the detail names.",
        "该密钥没有详情中所列的权限。",
    ),
    Code.QUOTA_EXCEEDED: Description(
        "Request cannot be satisfied as assigned quota has been exceeded", "已超出配额",
        "Wait for the seconds in Retry-After; RateLimit tells what is left, /v1/limits for free.",
        "请等待 Retry-After 所示秒数；RateLimit 头给出余量，查询 /v1/limits 不计费。",
    ),
    Code.KEY_NOT_ACTIVE: Description(
        "Key not active", "密钥未启用",
        "A retired or expired key stays so; make a new one.",
        "停用或过期的密钥无法恢复；请新建。",
    ),
    Code.NOT_FOUND: Description(
        "Not found", "未找到",
        "Nothing stands at this address; the nearest ids are given where there are any.",
        "该地址没有内容；如有相近的标识，已一并给出。",
    ),
    Code.METHOD_NOT_ALLOWED: Description(
        "Method not allowed", "不允许的方法",
        "The Allow header lists what the path takes.",
        "Allow 头列出了该路径接受的方法。",
    ),
    Code.URI_TOO_LONG: Description(
        "Address too long", "地址过长",
        "Shorten the query string.",
        "请缩短查询字符串。",
    ),
    Code.INVALID_HOST: Description(
        "Invalid Host header", "无效的 Host 头",
        "Send exactly one Host header.",
        "请只发送一个 Host 头。",
    ),
    Code.PAYLOAD_TOO_LARGE: Description(
        "Payload too large", "内容过大",
        "Send less at a time.",
        "请分批发送。",
    ),
    Code.UNSUPPORTED_MEDIA_TYPE: Description(
        "Unsupported media type", "不支持的媒体类型",
        "Send JSON.",
        "请发送 JSON。",
    ),
    Code.INVALID_JSON: Description(
        "Invalid JSON", "无效的 JSON",
        "The body is no JSON in UTF-8, or nested too deep.",
        "内容不是 UTF-8 的 JSON，或嵌套过深。",
    ),
    Code.INVALID_CSV: Description(
        "Invalid CSV", "无效的 CSV",
        "RFC 4180: a header of known columns, quotes closed, as many cells as columns.",
        "请遵循 RFC 4180：表头为已知的列，引号成对，每行单元格数与列数一致。",
    ),
    Code.VALIDATION_FAILED: Description(
        "Validation failed", "校验失败",
        "The pointer names what breaks which rule.",
        "指针指出了违反规则之处。",
    ),
    Code.WEBHOOK_TARGET_REFUSED: Description(
        "Webhook target refused", "不允许的回调地址",
        "A webhook goes by https, port 443 or 8443, to a name whose every address is public.",
        "回调地址须为 https，端口443或8443，且域名的所有地址均为公网地址。",
    ),
    Code.WEBHOOK_NOT_ACTIVE: Description(
        "Webhook not active", "回调未启用",
        'Send {"status": "active"} by PATCH first.',
        '请先用 PATCH 发送 {"status": "active"}。',
    ),
    Code.SOURCE_REQUIRED: Description(
        "Source required", "需要来源",
        'Name at least one source, or say "status": "unsourced".',
        '请至少给出一个来源，或注明 "status": "unsourced"。',
    ),
    Code.REFERENCE_IN_USE: Description(
        "Reference in use", "引用正在使用",
        "Other records point at it, or it points at one that is not there.",
        "有其他记录引用它，或它引用的记录不存在。",
    ),
    Code.PRECONDITION_REQUIRED: Description(
        "Precondition required", "需要前提条件",
        "Read the record and send its ETag as If-Match, so that nobody's edit is overwritten.",
        "请先读取该记录，并把它的 ETag 作为 If-Match 发送，以免覆盖他人的修改。",
    ),
    Code.PRECONDITION_FAILED: Description(
        "Precondition failed", "前提条件不成立",
        "The record has changed since; read it again, apply the change anew and send the new ETag.",
        "该记录已被修改；请重新读取、重做修改，并发送新的 ETag。",
    ),
    Code.ALREADY_EXISTS: Description(
        "Already there", "已存在",
        "A record with this id exists; change it with PUT and If-Match, or PATCH.",
        "已有该标识的记录；请用带 If-Match 的 PUT 或 PATCH 修改。",
    ),
    Code.COMMENT_REQUIRED: Description(
        "Comment required", "需要说明",
        "Every write says why: comment in the body, or ?comment=.",
        "每次写入都要说明原因：在正文中写 comment，或用 ?comment=。",
    ),
    Code.IDEMPOTENCY_KEY_REUSED: Description(
        "Idempotency-Key reused", "幂等键被重用",
        "Another request was sent under this key; take a new key for a new request.",
        "该幂等键已用于另一个请求；新的请求请使用新的键。",
    ),
    Code.IDEMPOTENCY_IN_PROGRESS: Description(
        "Still running", "仍在处理",
        "The first request under this Idempotency-Key has not ended; ask again in a moment.",
        "使用该幂等键的首个请求尚未结束；请稍后再试。",
    ),
    Code.CONFLICT_NATURAL_KEY: Description(
        "Natural key taken", "自然键已存在",
        "The same fact is recorded already.",
        "同一事实已有记录。",
    ),
    Code.RELEASE_EXISTS: Description(
        "Release exists", "版本已存在",
        "A release keeps its name for ever; choose another.",
        "发布版本的名称永久有效；请另选名称。",
    ),
    Code.TOO_MANY_ROWS: Description(
        "Too many rows", "行数过多",
        "Filter the list, or take the whole collection from /v1/exports.",
        "请缩小筛选范围，或从 /v1/exports 获取整个集合。",
    ),
    Code.ALREADY_DISPUTED: Description(
        "Disputed already", "已有争议标记",
        "POST …/prefer says which of the facts is used; …/settle ends the dispute.",
        "用 POST …/prefer 指明采信哪一条；用 …/settle 结束争议。",
    ),
    Code.NOT_DISPUTED: Description(
        "Not disputed", "没有争议",
        "Say first what it contradicts: POST …/dispute with the other fact.",
        "请先用 POST …/dispute 指明与之矛盾的另一条事实。",
    ),
    Code.ALREADY_DECIDED: Description(
        "Decided already", "已有决定",
        "A correction is decided once; send a new one that says what is wrong now.",
        "更正只决定一次；如仍有错误，请另交一条。",
    ),
    Code.IMPORT_ROW_FAILED: Description(
        "Rows failed", "有行未通过",
        "Nothing was stored; errors names line and pointer. on_error=skip loads the good rows.",
        "未存入任何内容；errors 给出行号和位置。on_error=skip 可只导入正确的行。",
    ),
    Code.REVERT_CONFLICT: Description(
        "Later facts depend on it", "后续记录依赖于此",
        "What the import wrote was changed or used since; errors names the records. Undo those"
        " first.",
        "该导入写入的内容此后已被修改或引用；errors 列出了这些记录。请先撤销它们。",
    ),
    Code.ALREADY_REVERTED: Description(
        "Reverted already", "已撤销",
        "An import is reverted once; import the file again to have it back.",
        "一次导入只能撤销一次；如需恢复，请重新导入该文件。",
    ),
    Code.NOTHING_TO_REVERT: Description(
        "Nothing to revert", "没有可撤销的内容",
        "It wrote no revision: it changed nothing, failed, has not ended, or was a dry run.",
        "该导入没有产生修订：未改变内容、失败、尚未结束，或只是试运行。",
    ),
    Code.LOCKED: Description(
        "Locked", "已锁定",
        "Another write holds the record; try again.",
        "另一写入正占用该记录；请重试。",
    ),
    Code.BUSY: Description(
        "Busy", "繁忙",
        "All places are taken; try again after the seconds in Retry-After.",
        "当前资源已占满；请在 Retry-After 所示秒数后重试。",
    ),
    Code.DATABASE_TIMEOUT: Description(
        "Database too slow", "数据库超时",
        "Ask for less, or try again.",
        "请缩小请求范围或重试。",
    ),
    Code.DATABASE_UNAVAILABLE: Description(
        "Database unavailable", "数据库不可用",
        "Try again after the seconds in Retry-After; nothing acknowledged is lost.",
        "请在 Retry-After 所示秒数后重试；已确认的内容不会丢失。",
    ),
    Code.OUTCOME_UNKNOWN: Description(
        "Outcome unknown", "结果未知",
        "The connection broke while writing; read back before writing again.",
        "写入时连接中断；请先读取确认再重写。",
    ),
    Code.INTERNAL_ERROR: Description(
        "Internal error", "内部错误",
        "A fault of ours; it is logged under the request id.",
        "我们的错误；已按请求编号记录。",
    ),
}  # fmt: skip
