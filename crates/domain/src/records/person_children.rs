//! What is recorded about a person over time: papers, allowances, links, study, residence (data dictionary §14.1).
//!
//! Each row is one spell: a new status is a new row, so that the state on any date can be told.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::define::record;
use crate::ValueType::{Bool, Code, Date, Decimal as Number, Int, Month as MonthType, PartialDate as Partial, Ref, Set, Text};
use crate::{Decimal, Month, PartialDate, RecordId};

record! {
    /// A disability certificate (Giấy xác nhận khuyết tật, Luật 51/2010). History is kept: the severity on a date counts.
    DisabilityCertificate = 5 "disability_certificate", parent Some("person"), restricted false;
    16 number {
        /// Number of the certificate.
        number: String = Text { max: 60 },
        /// Date of issue.
        issued_on: NaiveDate = Date,
        /// Issuing commune, as written.
        issued_by: String = Text { max: 120 },
    }
    17 types {
        /// Types of disability; several are allowed.
        types: BTreeSet<String> = Set("disability_type"),
    }
    18 severity {
        /// Severity.
        severity: String = Code("disability_severity"),
        /// First day in force.
        valid_from: NaiveDate = Date,
    }
    19 basis {
        /// `council` or `medical_council`.
        basis: String = Text { max: 40 },
        /// Number of the minutes.
        minutes_no: String = Text { max: 60 },
    }
    20 reassess_at {
        /// When it must be assessed anew (a child's 6th birthday).
        reassess_at: NaiveDate = Date,
    }
    21 status {
        /// `valid`, `replaced` or `revoked`.
        status: String = Text { max: 20 },
    }
}

record! {
    /// A monthly allowance received (trợ cấp hằng tháng), one row a spell. A code that rests on a restricted fact is not written here.
    Allowance = 6 "allowance", parent Some("person"), restricted false;
    16 kind {
        /// Kind of allowance.
        kind: String = Code("allowance_kind"),
        /// Kind of social insurance, for `si`.
        si_kind: String = Code("si_kind"),
    }
    17 benefit {
        /// Row of the law it rests on.
        benefit_code: String = Text { max: 40 },
        /// Who is cared for, for `carer`.
        cared: RecordId = Ref,
    }
    18 money {
        /// Coefficient.
        coefficient: Decimal = Number,
        /// Amount a month, đồng.
        amount: i64 = Int,
    }
    19 span {
        /// First month.
        from_month: Month = MonthType,
        /// Last month.
        to_month: Month = MonthType,
    }
    20 decision_no {
        /// Number of the decision.
        decision_no: String = Text { max: 60 },
    }
    21 payer {
        /// Who pays.
        payer: String = Text { max: 120 },
    }
}

record! {
    /// Who cares for this person (người chăm sóc); at most one in force.
    CarerLink = 7 "carer_link", parent Some("person"), restricted false;
    16 carer {
        /// The carer.
        carer: RecordId = Ref,
    }
    17 kind {
        /// Own household or foster care.
        kind: String = Code("carer_relation"),
    }
    18 relation {
        /// Relation of the carer, as written.
        relation: String = Text { max: 60 },
    }
    19 paper_no {
        /// Number of the paper.
        paper_no: String = Text { max: 60 },
    }
    20 span {
        /// From when.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
}

record! {
    /// A parent of this person and what became of them (cha, mẹ). Status `serving` and its paper are shown only with the right.
    ParentLink = 8 "parent_link", parent Some("person"), restricted false;
    16 parent {
        /// The parent, where registered here.
        parent: RecordId = Ref,
        /// The parent's name otherwise.
        parent_name: String = Text { max: 100 },
    }
    17 side {
        /// `mother` or `father`.
        side: String = Text { max: 10 },
        /// True for an adoptive parent.
        adoptive: bool = Bool,
    }
    18 status {
        /// What became of the parent.
        status: String = Code("parent_status"),
        /// Number of the paper that says so.
        paper_no: String = Text { max: 60 },
        /// Date of the paper.
        paper_on: NaiveDate = Date,
    }
    19 span {
        /// From when.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
}

record! {
    /// One school or year of study (quá trình học).
    Study = 9 "study", parent Some("person"), restricted false;
    16 level {
        /// Level.
        level: String = Code("education_level"),
        /// School.
        school: String = Text { max: 200 },
    }
    17 status {
        /// Status.
        status: String = Code("study_status"),
    }
    18 span {
        /// From when.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
}

record! {
    /// Where a person lives or is registered (cư trú).
    Residence = 10 "residence", parent Some("person"), restricted false;
    16 kind {
        /// Permanent, current, or in a facility.
        kind: String = Code("residence_kind"),
    }
    17 place {
        /// The village, where it is one of this register.
        village: RecordId = Ref,
        /// The place in words otherwise.
        place: String = Text { max: 200 },
        /// House number, name of the facility.
        detail: String = Text { max: 200 },
    }
    18 span {
        /// From when.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
}

record! {
    /// A health-insurance card (thẻ BHYT).
    HealthInsurance = 11 "health_insurance", parent Some("person"), restricted false;
    16 number {
        /// Number as written: 15 characters, 10 digits, or the citizen id.
        number: String = Text { max: 20 },
    }
    17 validity {
        /// First day.
        valid_from: NaiveDate = Date,
        /// Last day.
        valid_to: NaiveDate = Date,
    }
}

record! {
    /// Specially protected data (HIV, pregnancy, and what data dictionary §14.3 adds): yes or no and the paper, no diagnosis.
    RestrictedHealth = 12 "restricted_health", parent Some("person"), restricted true;
    16 matter {
        /// `hiv`, `pregnancy`, `income` or `allowance_code`.
        matter: String = Text { max: 20 },
        /// `yes` or `no`.
        answer: String = Text { max: 10 },
        /// The allowance whose code is kept here.
        allowance: RecordId = Ref,
        /// That code.
        benefit_code: String = Text { max: 40 },
    }
    17 span {
        /// From when.
        from_on: PartialDate = Partial,
        /// For a pregnancy: when the child is due.
        due_on: NaiveDate = Date,
        /// Until when.
        to_on: PartialDate = Partial,
    }
    18 paper_no {
        /// Number of the paper.
        paper_no: String = Text { max: 60 },
    }
}

record! {
    /// A person obliged to support this one (người có nghĩa vụ phụng dưỡng); `none` = asked, there is nobody.
    SupportObligor = 17 "support_obligor", parent Some("person"), restricted false;
    16 state {
        /// `person` or `none`.
        state: String = Text { max: 10 },
    }
    17 obligor {
        /// The person, where registered here.
        obligor: RecordId = Ref,
        /// Name otherwise.
        obligor_name: String = Text { max: 100 },
        /// Year of birth otherwise.
        obligor_birth_year: i64 = Int,
    }
    18 relation {
        /// Relation, as written.
        relation: String = Text { max: 60 },
    }
    19 receives_monthly {
        /// Receives a monthly allowance; only for one outside this register.
        receives_monthly: bool = Bool,
    }
    20 span {
        /// From when.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
}

record! {
    /// A written request (đơn đề nghị), until applications exist.
    WrittenRequest = 18 "written_request", parent Some("person"), restricted false;
    16 family {
        /// Family of benefits asked for.
        family: String = Text { max: 40 },
        /// When filed.
        filed_on: NaiveDate = Date,
        /// Number of the paper.
        paper_no: String = Text { max: 60 },
    }
}

record! {
    /// A dated answer or check (ghi nhận có ngày); the newest of a topic counts. Its parent is a person or a household.
    Observation = 19 "observation", parent Some("person"), restricted false;
    16 topic {
        /// Topic.
        topic: String = Code("observation_topic"),
        /// `yes` or `no`.
        answer: String = Text { max: 10 },
    }
    17 found_on {
        /// Day it was found.
        found_on: NaiveDate = Date,
    }
    18 span {
        /// From when it holds; null = as far back as asked.
        from_on: PartialDate = Partial,
        /// Until when.
        to_on: PartialDate = Partial,
    }
    19 paper_no {
        /// Number of the paper.
        paper_no: String = Text { max: 60 },
    }
}

record! {
    /// Somebody compared this person's citizen id with the paper (đã đối chiếu số định danh): it is right, although another has it too.
    IdCheck = 24 "id_check", parent Some("person"), restricted false;
    16 citizen_id {
        /// The id that was compared; a person whose id is corrected later is checked anew.
        citizen_id: String = Text { max: 12 },
    }
    17 checked_on {
        /// When.
        checked_on: NaiveDate = Date,
    }
    18 note {
        /// What was seen.
        note: String = Text { max: 500 },
    }
}
