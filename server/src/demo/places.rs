//! The institutions of the demo county: three of each of the eight types.

use xunan_core::facility::{Facility, FacilityType, Party, PartyHolder};
use xunan_core::region::DivisionCode;

use super::facility_id;

/// Name, type, township, address, beds.
type Place = (&'static str, FacilityType, &'static str, &'static str, Option<u32>);

/// 云溪镇, 青石镇, 柳河乡, 桃源街道: none of them exists, and no division has a code of 99.
const YUNXI: &str = "999901001";
const QINGSHI: &str = "999901002";
const LIUHE: &str = "999901003";
const TAOYUAN: &str = "999901004";

const PLACES: [Place; 24] = {
    use FacilityType::*;
    [
        ("云溪县第一养老院", ElderlyCare, YUNXI, "云溪镇虚拟路1号", Some(180)),
        ("青石镇敬老院", ElderlyCare, QINGSHI, "青石镇演示街12号", Some(64)),
        ("柳河乡幸福院", ElderlyCare, LIUHE, "柳河乡样例村3组", Some(36)),
        ("云溪县儿童福利院", ChildWelfare, YUNXI, "云溪镇虚拟路8号", Some(60)),
        ("桃源儿童之家", ChildWelfare, TAOYUAN, "桃源街道示例巷5号", Some(24)),
        ("青石镇儿童福利服务中心", ChildWelfare, QINGSHI, "青石镇演示街30号", Some(18)),
        ("云溪县未成年人救助保护中心", MinorProtection, YUNXI, "云溪镇虚拟路10号", Some(20)),
        ("柳河乡未成年人保护工作站", MinorProtection, LIUHE, "柳河乡样例村1组", None),
        ("桃源街道未成年人保护工作站", MinorProtection, TAOYUAN, "桃源街道示例巷9号", None),
        ("云溪县救助管理站", ReliefStation, YUNXI, "云溪镇虚拟路15号", Some(40)),
        ("青石镇救助服务点", ReliefStation, QINGSHI, "青石镇演示街2号", Some(6)),
        ("柳河乡救助服务点", ReliefStation, LIUHE, "柳河乡样例村2组", Some(4)),
        ("云溪县殡仪馆", FuneralHome, LIUHE, "柳河乡样例山路1号", None),
        ("青石镇殡仪服务站", FuneralHome, QINGSHI, "青石镇演示街66号", None),
        ("桃源殡仪服务站", FuneralHome, TAOYUAN, "桃源街道示例路20号", None),
        ("云溪县安宁公墓", Cemetery, LIUHE, "柳河乡样例山路9号", None),
        ("青石镇公益性公墓", Cemetery, QINGSHI, "青石镇样例岗", None),
        ("桃源骨灰堂", Cemetery, TAOYUAN, "桃源街道示例路22号", None),
        ("云溪县婚姻登记处", MarriageRegistry, YUNXI, "云溪镇虚拟路3号", None),
        ("青石镇婚姻登记点", MarriageRegistry, QINGSHI, "青石镇演示街5号", None),
        ("桃源婚姻登记点", MarriageRegistry, TAOYUAN, "桃源街道示例路2号", None),
        ("云溪县康宁精神卫生福利院", MentalWelfare, YUNXI, "云溪镇虚拟路40号", Some(120)),
        ("柳河精神康复中心", MentalWelfare, LIUHE, "柳河乡样例村5组", Some(45)),
        ("桃源精神障碍社区康复站", MentalWelfare, TAOYUAN, "桃源街道示例巷1号", None),
    ]
};

/// All institutions, in the order of [`facility_id`].
pub(super) fn facilities() -> Vec<Facility> {
    PLACES.iter().enumerate().filter_map(|(number, place)| facility(number, *place)).collect()
}

fn facility(number: usize, (name, facility_type, division, address, beds): Place) -> Option<Facility> {
    Some(Facility {
        id: facility_id(number),
        name: format!("{name}（演示）"),
        facility_type,
        division: division.parse::<DivisionCode>().ok()?,
        address: address.to_owned(),
        credit_code: None,
        telephone: Some(format!("0000-99{number:04}")),
        beds,
        location: None,
        parties: parties(number),
    })
}

fn parties(number: usize) -> Vec<PartyHolder> {
    const NAMES: [&str; 12] = [
        "甲演示",
        "乙演示",
        "丙演示",
        "丁演示",
        "戊演示",
        "己演示",
        "庚演示",
        "辛演示",
        "壬演示",
        "癸演示",
        "子演示",
        "丑演示",
    ];
    let posts =
        ["乡镇分管负责人", "县民政局科室", "分管领导", "院长（负责人）", "安全管理员", "维保单位项目经理"];
    Party::ALL
        .into_iter()
        .zip(posts)
        .enumerate()
        .map(|(at, (party, post))| PartyHolder {
            party,
            name: NAMES[(number * 5 + at) % NAMES.len()].to_owned(),
            post: post.to_owned(),
        })
        .collect()
}
