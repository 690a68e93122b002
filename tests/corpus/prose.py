"""The text around the tables: numbers and a body come in, paragraphs and the claims they make go out.

Each sentence is kept beside the claims that a reader must take from it, so the truth is known by construction. Wordings
follow domain.md §9, in sentences of our own; some carry numbers that are no metrics (document numbers, telephones).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tests.corpus.agencies import Who
from tests.corpus.form import Cells


@dataclass(frozen=True)
class Claim:
    """A number that the prose states; `also` are metrics a careful reader could name instead."""

    metric: str
    applicant: str
    item: str
    value: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """A run of prose and what it claims."""

    text: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Narrative:
    """Preamble and the six sections; each section is a tuple of paragraphs."""

    preamble: Said
    sections: tuple[tuple[Said, ...], ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of the text."""
        said = [self.preamble, *(paragraph for section in self.sections for paragraph in section)]
        return tuple(claim for paragraph in said for claim in paragraph.claims)


CATEGORIES = ("工作动态", "政策文件", "财政信息", "人事信息", "规划计划", "机构职能")
PREAMBLES = (
    "根据《中华人民共和国政府信息公开条例》，编制本报告。统计期限从{year}年1月1日起至{year}年12月31日止。"
    "如对报告内容有疑问，请与{agency}办公室联系（电话：0{area}-{phone}）。",
    "本报告按照《国务院办公厅政府信息与政务公开办公室关于印发政府信息公开工作年度报告格式的通知》"
    "（国办公开办函〔2021〕30号）编制，所列数据的统计期限为{year}年1月1日至12月31日。",
)
MANAGEMENT = (
    "（三）政府信息管理。落实发布前审查，谁公开、谁审查、谁负责，过期栏目及时清理。",
    "（三）政府信息管理。修订信息发布流程，敏感内容由分管负责人复核后再上网。",
)
PLATFORM = (
    "（四）平台建设。公开专栏按新目录重排，检索入口移到首页醒目位置。",
    "（四）平台建设。线下查阅点与线上专栏同步更新，便利老年人查询。",
)
SUPERVISION = (
    "（五）监督保障。把公开工作纳入年度考核，按季度通报。",
    "（五）监督保障。设立监督信箱，及时回应来信。",
)
REMARKS = (
    "各科室确定一名联络员，资料当日报送、次日上网，遇有疑问先请示、后发布，避免信息反复撤改。",
    "对照主动公开基本目录逐条核对，缺项补齐，错项更正，重复发布的内容合并到同一栏目下。",
    "凡涉及公民个人信息的名单，发布前隐去证件号码和住址，并由保密员签字留存。",
    "围绕群众关心的补贴发放、工程招标、用水用电等事项，用问答的形式说明办理条件和所需材料。",
    "编写办事流程图张贴于服务大厅，同步放到网上，字号放大，便于年长群众阅读。",
    "重大决策作出前公开征求意见，征集情况和采纳情况在同一页面反馈，做到有来有回。",
    "与档案馆、图书馆共建查阅点，定期移送公开出版的文件汇编，供读者就近取阅。",
    "严格执行政务新媒体内容三级审核，长期不更新的账号注销，名称相近的账号归并。",
    "会同司法行政部门研究答复中的疑难问题，统一文书格式，写明依据和救济途径。",
    "邀请人大代表、政协委员和企业代表走进单位，介绍公开工作的做法，现场听取意见。",
    "把公开要求写入公文办理流程，起草时同步确定公开属性，不予公开的说明理由。",
    "网站改版后检查旧链接，失效的予以转向，附件统一改为可检索的格式。",
    "组织经办人员学习条例和典型案例，以案释法，提高依法答复的能力。",
    "接受社会评议，公布监督电话和电子邮箱，对提出的问题建立台账、逐项销号。",
)
PROBLEMS = (
    ("主要问题：解读形式单一，图解和短视频偏少；基层人员变动较快。", "下一步将丰富解读形式，加强业务培训。"),
    ("存在的不足：个别栏目更新不够及时，答复文书不够规范。", "改进措施：明确栏目责任人，统一答复文书样式。"),
)


def narrative(cells: Cells, who: Who, rng: Random) -> Narrative:
    """Prose that agrees with the numbers, in wordings drawn by `rng`."""
    preamble = rng.choice(PREAMBLES).format(
        agency=who.agency, year=who.fiscal_year, area=rng.randint(310, 899), phone=rng.randint(2_000_000, 8_999_999)
    )
    overview = (
        _joined("（一）主动公开。", _published(cells, rng)),
        _joined("（二）依申请公开。", _requested(cells, rng), _contested(cells, rng)),
        *(_remarked(rng.choice(texts), rng) for texts in (MANAGEMENT, PLATFORM, SUPERVISION)),
    )
    if who.aggregate:
        preamble += f"本报告由{who.agency}办公室综合全{who.region[-1]}各级行政机关的数据汇总编制。"
    problems = tuple(Said(text) for text in rng.choice(PROBLEMS))
    return Narrative(Said(preamble), (overview, (), (), (), problems, (_fees(cells, rng),)))


def _remarked(opening: str, rng: Random) -> Said:
    """A paragraph without a number to claim, of the length that real ones have."""
    return Said(opening + "".join(rng.sample(REMARKS, rng.randint(7, 14))))


def _joined(heading: str, *sentences: Said) -> Said:
    text = heading + "".join(said.text for said in sentences)
    return Said(text, tuple(claim for said in sentences for claim in said.claims))


def _published(cells: Cells, rng: Random) -> Said:
    return rng.choice((_by_category, _by_channel, _documents))(cells, rng)


def _by_category(cells: Cells, rng: Random) -> Said:
    parts = {name: rng.randint(3, 180) for name in rng.sample(CATEGORIES, rng.randint(2, 5))}
    total = sum(parts.values())
    opening = rng.choice(("全年主动公开政府信息{}条，其中", "本年度共主动公开政府信息{}条，其中，"))
    text = opening.format(total) + rng.choice("，、").join(f"{name}{count}条" for name, count in parts.items()) + "。"
    items = (Claim("proactive_items_by_category", "", name, count) for name, count in parts.items())
    return Said(text, (Claim("proactive_items", "", "", total), *items))


def _by_channel(cells: Cells, rng: Random) -> Said:
    website, wechat, notes = rng.randint(40, 3000), rng.randint(10, 900), rng.randint(1, 40)
    text = f"门户网站发布政府信息{website}条，政务微信发布信息{wechat}条，发布政策解读{notes}篇。"
    claims = (
        Claim("proactive_website_items", "", "", website),
        Claim("proactive_wechat_items", "", "", wechat, also=("proactive_new_media_items",)),
        Claim("policy_interpretations", "", "", notes),
    )
    return Said(text, claims)


def _documents(cells: Cells, rng: Random) -> Said:
    issued, repealed = (cells[f"normative_documents_{verb}", ""] for verb in ("issued", "repealed"))
    text = rng.choice(
        (
            f"全年制发行政规范性文件{issued}件，废止行政规范性文件{repealed}件。",
            f"本年共制定行政规范性文件{issued}件，废止{repealed}件，全部向社会公布。",
        )
    )
    claims = (
        Claim("normative_documents_issued", "", "", issued),
        Claim("normative_documents_repealed", "", "", repealed),
    )
    return Said(text, claims)


def _requested(cells: Cells, rng: Random) -> Said:
    flow = {name: cells[f"requests_{name}", "total"] for name in ("new", "carried_in", "concluded", "carried_out")}
    if not any(flow.values()):
        return _none_requested(rng)
    return rng.choice((_flow_in_full, _received_by_channel, _handled))(rng, **flow)


def _none_requested(rng: Random) -> Said:
    text = rng.choice(
        ("全年未收到政府信息公开申请。", "本年度没有收到政府信息公开申请。", "本机关未收到依申请公开事项。")
    )
    return Said(text, (Claim("requests_received", "total", "", 0, also=("requests_new",)),))


def _flow_in_full(rng: Random, new: float, carried_in: float, concluded: float, carried_out: float) -> Said:
    text = rng.choice(
        (
            f"本年新收政府信息公开申请{new}件，上年结转{carried_in}件，办结{concluded}件，"
            f"结转下年度继续办理{carried_out}件。",
            f"全年新收到政府信息公开申请{new}件，上年结转申请{carried_in}件；已办结{concluded}件，"
            f"转下年度办理{carried_out}件。",
        )
    )
    claims = (
        Claim("requests_new", "total", "", new, also=("requests_received",)),
        Claim("requests_carried_in", "total", "", carried_in),
        _closed(concluded),
        Claim("requests_carried_out", "total", "", carried_out, also=("requests_pending_at_year_end",)),
    )
    return Said(text, claims)


def _received_by_channel(rng: Random, new: float, carried_in: float, concluded: float, carried_out: float) -> Said:
    online = rng.randint(0, int(new))
    letter = rng.randint(0, int(new) - online)
    person = int(new) - online - letter
    text = f"共收到政府信息公开申请{new}件，其中网络申请{online}件，信函申请{letter}件，当面申请{person}件。"
    channels = {"online": online, "letter": letter, "in_person": person}
    parts = (Claim(f"requests_received_{name}", "total", "", count) for name, count in channels.items())
    return Said(text, (Claim("requests_received", "total", "", new, also=("requests_new",)), *parts))


def _handled(rng: Random, new: float, carried_in: float, concluded: float, carried_out: float) -> Said:
    text = (
        f"收到政府信息公开申请{new}件，答复{concluded}件，比上年{rng.choice(('增加', '减少'))}{rng.randint(1, 30)}件。"
    )
    return Said(text, (Claim("requests_received", "total", "", new, also=("requests_new",)), _closed(concluded)))


def _closed(value: float) -> Claim:
    return Claim("requests_closed", "total", "", value, also=("requests_answered", "requests_concluded"))


def _contested(cells: Cells, rng: Random) -> Said:
    reviewed = cells["reconsideration_total", ""]
    sued = cells["litigation_direct_total", ""] + cells["litigation_after_reconsideration_total", ""]
    claims = (Claim("reconsideration_total", "", "", reviewed), Claim("litigation_total", "", "", sued))
    if reviewed == sued == 0:
        return Said(
            rng.choice(("未发生因政府信息公开引起的行政复议、行政诉讼。", "没有行政复议和行政诉讼案件。")), claims
        )
    return Said(f"因政府信息公开工作被申请行政复议{reviewed}件，被提起行政诉讼{sued}件。", claims)


def _fees(cells: Cells, rng: Random) -> Said:
    notices = rng.choice((0, 0, 0, min(9, int(cells["requests_concluded", "total"]))))
    if notices == 0:
        texts = ("本年度未收取信息处理费。", "按照信息处理费管理办法（国办函〔2020〕109号），全年没有收取信息处理费。")
        return Said(rng.choice(texts), (Claim("processing_fees_collected_yuan", "", "", 0),))
    amount = 10 * rng.randint(notices, 40 * notices)
    text = f"本年度发出信息处理费收费通知{notices}件，实际收取信息处理费{amount}元。"
    claims = (
        Claim("processing_fee_notices", "", "", notices),
        Claim("processing_fees_collected_yuan", "", "", amount),
    )
    return Said(text, claims)


def sentences(narrative: Narrative) -> Iterator[str]:
    """Every paragraph of the narrative as text, preamble first."""
    yield narrative.preamble.text
    yield from (said.text for section in narrative.sections for said in section)
