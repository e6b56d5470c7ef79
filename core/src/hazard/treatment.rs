//! The treatment plan 治理方案 of a major hazard, in the six parts that the rules name.

use serde::{Deserialize, Serialize};

use crate::clock::Date;

/// Six parts (安全生产事故隐患排查治理暂行规定 15): goals and tasks; methods; funds and material; body and people; time and
/// requirements; safety measures and emergency plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TreatmentPlan {
    /// 治理的目标和任务
    pub goals: String,
    /// 采取的方法和措施
    pub methods: String,
    /// 经费和物资的落实
    pub funds: String,
    /// 负责治理的机构和人员
    pub people: String,
    /// 治理的时限和要求
    pub requirements: String,
    /// The day by which it is to be done.
    pub until: Date,
    /// 安全措施和应急预案
    pub emergency: String,
}

impl TreatmentPlan {
    /// Its six texts, in the order of the rule.
    pub fn parts(&self) -> [&str; 6] {
        [&self.goals, &self.methods, &self.funds, &self.people, &self.requirements, &self.emergency]
    }

    /// Whether every part says something.
    pub fn is_complete(&self) -> bool {
        self.parts().iter().all(|part| !part.trim().is_empty())
    }
}
