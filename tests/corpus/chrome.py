"""What stands around a report on a government site: head, scripts, navigation, breadcrumb, metadata block, footer.

A report comes in, the pieces of its page go out. Nothing in it is a number of the report.
"""

from html import escape

from tests.corpus.agencies import BUREAUS, REGIONS, Who
from tests.corpus.reports import Report

_PREFIXES = (
    ("13冀", "14晋", "21辽", "22吉", "23黑", "32苏", "33浙", "34皖", "35闽", "36赣", "37鲁", "41豫", "42鄂", "43湘"),
    ("44粤", "45桂", "51川", "52黔", "53滇", "61陕", "62甘"),
)
PROVINCES = {pair[:2]: pair[2] for pairs in _PREFIXES for pair in pairs}
COLUMNS = ("首页", "政务公开", "政务服务", "互动交流", "走进本地", "数据开放", "专题专栏")


def head(report: Report, charset: str) -> str:
    """The `<head>`: title, metadata by name, style sheet and scripts."""
    who = report.who
    title = escape(report.title)
    named = {
        "SiteName": f"{who.region}人民政府门户网站",
        "SiteIDCode": identification(who),
        "ColumnName": "政府信息公开年报",
        "ArticleTitle": title,
        "PubDate": f"{who.published_on} 09:30",
        "ContentSource": who.agency,
    }
    metas = "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in named.items())
    return (
        f'<head>\n<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n{metas}\n'
        f"<title>{title}</title>\n{_style()}\n{_script()}\n</head>"
    )


def masthead(report: Report) -> str:
    """Site name, navigation lists and breadcrumb."""
    who = report.who
    top = "".join(
        f'<li class="nav-item"><a href="/col/c{at}/index.html" title="{name}">{name}</a></li>'
        for at, name in enumerate(COLUMNS)
    )
    bureaus = "".join(_unit(who.region, at, name) for at, name in enumerate(BUREAUS))
    regions = "".join(f'<option value="/site/{code}/">{name}</option>' for code, name in REGIONS)
    trail = " &gt; ".join(f'<a href="#">{name}</a>' for name in ("首页", "政务公开", who.agency, "政府信息公开年报"))
    return (
        f'<div class="header"><div class="logo">{who.region}人民政府</div><ul class="nav">{top}</ul>'
        f'<form action="/search"><input name="q"><select name="site">{regions}</select></form></div>\n'
        f'<div class="side"><h3>信息公开目录</h3><ul>{bureaus}</ul></div>\n'
        f'<div class="position">您当前所在位置：{trail}</div>'
    )


def metadata(report: Report) -> str:
    """The two-column block above the article: index number, publisher, dates."""
    who = report.who
    pairs = (("索 引 号", who.index_number, "发布机构", who.agency), ("发布日期", who.published_on, "有效性", "有效"))
    rows = "".join(
        f"<tr><td class='k'>{a}</td><td>{b}</td><td class='k'>{c}</td><td>{d}</td></tr>" for a, b, c, d in pairs
    )
    return f'<table class="meta"><tbody>{rows}</tbody></table>'


def footer(report: Report) -> str:
    """Buttons, neighbours, attachments and the site's identification numbers."""
    who = report.who
    return (
        '<div class="tools">【字体：<a>大</a> <a>中</a> <a>小</a>】 <a>打印本页</a> <a>关闭窗口</a> 分享到</div>\n'
        f'<div class="near">上一条：{who.agency}{who.fiscal_year - 1}年政府信息公开年度报告<br>下一条：没有了</div>\n'
        f'<div class="footer"><p>主办单位：{who.region}人民政府办公室</p>'
        f"<p>网站标识码：{identification(who)}　{PROVINCES[who.region_code[:2]]}ICP备05{who.region_code}号-1　"
        f"{PROVINCES[who.region_code[:2]]}公网安备 {who.region_code}02000123号</p></div>"
    )


def identification(who: Who) -> str:
    """网站标识码: the region's code and a serial number of four digits."""
    return f"{who.region_code}0002"


def _unit(region: str, at: int, name: str) -> str:
    links = "".join(
        f'<li><a class="leaf" href="/col/u{at}/{part}/index.html" target="_blank">{text}</a></li>'
        for part, text in enumerate(("公开指南", "公开制度", "法定主动公开内容", "公开年报", "依申请公开"))
    )
    return f'<li class="unit"><a href="/col/u{at}/index.html">{region}{name}</a><ul class="sub">{links}</ul></li>\n'


def _style() -> str:
    rules = "\n".join(
        f".c{at}{{float:left;width:{100 + at}px;margin:0 {at}px;font:12px/1.5 'SimSun',sans-serif;color:#3{at:02}}}"
        for at in range(60)
    )
    return f"<style>\n{rules}\n</style>"


def _script() -> str:
    lines = "\n".join(
        f"function tab{at}(n){{var e=document.getElementById('tab'+n);if(e&&n>{at}){{e.className='on';}}return false;}}"
        for at in range(60)
    )
    return f'<script type="text/javascript">\n{lines}\n</script>'
