"""Who reports: real regions with their GB/T 2260 codes, and bureaus and townships put together at random."""

from dataclasses import dataclass
from random import Random

REGIONS = (
    ("130227", "迁西县"),
    ("130903", "运河区"),
    ("140724", "昔阳县"),
    ("210281", "瓦房店市"),
    ("220722", "长岭县"),
    ("230921", "勃利县"),
    ("320200", "无锡市"),
    ("320281", "江阴市"),
    ("320481", "溧阳市"),
    ("320581", "常熟市"),
    ("321183", "句容市"),
    ("330182", "建德市"),
    ("330424", "海盐县"),
    ("330482", "平湖市"),
    ("330726", "浦江县"),
    ("340800", "安庆市"),
    ("340123", "肥西县"),
    ("341181", "天长市"),
    ("350181", "福清市"),
    ("350623", "漳浦县"),
    ("360121", "南昌县"),
    ("360981", "丰城市"),
    ("370100", "济南市"),
    ("370613", "莱山区"),
    ("370784", "安丘市"),
    ("371300", "临沂市"),
    ("410122", "中牟县"),
    ("411700", "驻马店市"),
    ("420500", "宜昌市"),
    ("420684", "宜城市"),
    ("430121", "长沙县"),
    ("430600", "岳阳市"),
    ("440100", "广州市"),
    ("441881", "英德市"),
    ("450300", "桂林市"),
    ("510100", "成都市"),
    ("510700", "绵阳市"),
    ("510781", "江油市"),
    ("520300", "遵义市"),
    ("530100", "昆明市"),
    ("610300", "宝鸡市"),
    ("620100", "兰州市"),
)
BUREAUS = (
    "教育局",
    "民政局",
    "财政局",
    "水利局",
    "司法局",
    "审计局",
    "统计局",
    "林业局",
    "气象局",
    "信访局",
    "交通运输局",
    "农业农村局",
    "应急管理局",
    "医疗保障局",
    "生态环境局",
    "市场监督管理局",
    "住房和城乡建设局",
    "自然资源和规划局",
    "卫生健康委员会",
    "发展和改革委员会",
    "人力资源和社会保障局",
    "退役军人事务局",
    "商务局",
    "城市管理局",
    "文化和旅游局",
    "工业和信息化局",
    "科学技术局",
    "体育局",
    "乡村振兴局",
    "粮食和物资储备局",
    "机关事务管理局",
    "行政审批局",
    "民族宗教事务局",
    "供销合作社联合社",
    "残疾人联合会",
    "住房公积金管理中心",
)
TOWN_HEADS = "柳青石云龙东河桥白清松梅沙高平新"
TOWN_TAILS = "溪山桥塘河湖坪岭洲湾"


@dataclass(frozen=True)
class Who:
    """The body that reports, and what its page says about the report itself."""

    agency: str
    region: str
    region_code: str
    fiscal_year: int
    published_on: str
    index_number: str
    aggregate: bool


def who(rng: Random, size: str, years: tuple[int, int] = (2021, 2024)) -> Who:
    """A body fit for the size of its numbers: large ones may be governments, whose reports are aggregates."""
    code, region = rng.choice(REGIONS)
    year = rng.randint(*years)
    published = f"{year + 1}-{rng.choice((1, 1, 1, 2, 3)):02}-{rng.randint(2, 28):02}"
    index = f"{rng.randint(10**7, 10**8 - 1)}{rng.choice('123456789X')}/{year + 1}-{rng.randint(1, 99999):05}"
    name = _name(rng, region, size)
    return Who(name, region, code, year, published, index, name == f"{region}人民政府")


def _name(rng: Random, region: str, size: str) -> str:
    if size == "city" and rng.random() < 0.4:
        return f"{region}人民政府"
    if size != "city" and region.endswith("县") and rng.random() < 0.3:
        return f"{region}{rng.choice(TOWN_HEADS)}{rng.choice(TOWN_TAILS)}镇人民政府"
    return region + rng.choice(BUREAUS)
