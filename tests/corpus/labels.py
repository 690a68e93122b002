"""The form of 2021 (国办公开办函〔2021〕30号) as the notice prints it: rows, columns and labels of its three tables.

Written out once more, apart from `data/forms`, so that the generator is an independent witness of what the form says;
`test_generator.py` holds the two together.
"""

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

# caption, columns, rows; a row is its label and one metric per column
PROACTIVE = (
    (
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        (
            ("规章", ("rules_issued", "rules_repealed", "rules_in_force")),
            (
                "行政规范性文件",
                ("normative_documents_issued", "normative_documents_repealed", "normative_documents_in_force"),
            ),
        ),
    ),
    ("第二十条第（五）项", ("本年处理决定数量",), (("行政许可", ("licensing_decisions",)),)),
    (
        "第二十条第（六）项",
        ("本年处理决定数量",),
        (("行政处罚", ("penalty_decisions",)), ("行政强制", ("coercion_decisions",))),
    ),
    (
        "第二十条第（八）项",
        ("本年收费金额（单位：万元）",),
        (("行政事业性收费", ("administrative_fees_10k_yuan",)),),
    ),
)

ORGANISATIONS = {
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "social_organization": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_organization": "其他",
}
APPLICANTS = ("natural_person", *ORGANISATIONS)
COLUMNS = (*APPLICANTS, "total")

RESULTS = "三、本年度办理结果"
DENIED = "（三）不予公开"
UNABLE = "（四）无法提供"
NOT_PROCESSED = "（五）不予处理"
OTHER = "（六）其他处理"

# metric, group label (empty for a row of its own), label
REQUESTS = (
    ("requests_new", "", "一、本年新收政府信息公开申请数量"),
    ("requests_carried_in", "", "二、上年结转政府信息公开申请数量"),
    ("requests_granted", "", "（一）予以公开"),
    ("requests_partly_granted", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("requests_denied_state_secret", DENIED, "1.属于国家秘密"),
    ("requests_denied_prohibited_by_law", DENIED, "2.其他法律行政法规禁止公开"),
    ("requests_denied_security_and_stability", DENIED, "3.危及“三安全一稳定”"),
    ("requests_denied_third_party_rights", DENIED, "4.保护第三方合法权益"),
    ("requests_denied_internal_affairs", DENIED, "5.属于三类内部事务信息"),
    ("requests_denied_process_information", DENIED, "6.属于四类过程性信息"),
    ("requests_denied_enforcement_case_file", DENIED, "7.属于行政执法案卷"),
    ("requests_denied_administrative_query", DENIED, "8.属于行政查询事项"),
    ("requests_unable_not_held", UNABLE, "1.本机关不掌握相关政府信息"),
    ("requests_unable_needs_creation", UNABLE, "2.没有现成信息需要另行制作"),
    ("requests_unable_still_unclear", UNABLE, "3.补正后申请内容仍不明确"),
    ("requests_not_processed_petition", NOT_PROCESSED, "1.信访举报投诉类申请"),
    ("requests_not_processed_duplicate", NOT_PROCESSED, "2.重复申请"),
    ("requests_not_processed_publication", NOT_PROCESSED, "3.要求提供公开出版物"),
    ("requests_not_processed_excessive", NOT_PROCESSED, "4.无正当理由大量反复申请"),
    ("requests_not_processed_reconfirmation", NOT_PROCESSED, "5.要求行政机关确认或重新出具已获取信息"),
    (
        "requests_other_not_corrected",
        OTHER,
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "requests_other_fee_unpaid",
        OTHER,
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("requests_other_misc", OTHER, "3.其他"),
    ("requests_concluded", "", "（七）总计"),
    ("requests_carried_out", "", "四、结转下年度继续办理"),
)
OUTCOMES = tuple(metric for metric, _, _ in REQUESTS[2:-2])

RECONSIDERATION = "行政复议"
LITIGATION = "行政诉讼"
DIRECT = "未经复议直接起诉"
AFTER = "复议后起诉"
ENDINGS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}
REMEDIES = tuple(
    f"{block}_{ending}"
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    for ending in ENDINGS
)

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
