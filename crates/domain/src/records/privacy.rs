//! What a person agreed to and what they asked about their own data: consent and requests of the person concerned.
//!
//! Both are facts: a consent is written down once and only gets the day it was withdrawn; a request only gets its answer.
//! The core of the register needs no consent (it carries out a duty under a law); these are for what goes beyond it.

use chrono::NaiveDate;

use super::define::record;
use crate::ValueType::{Bool, Code, Date, Text};

record! {
    /// A consent (sự đồng ý) to one purpose, in the words of one version of its text.
    Consent = 28 "consent", parent Some("person"), restricted false;
    16 purpose {
        /// What for.
        purpose: String = Code("consent_purpose"),
        /// Version of the text that was read out or shown.
        text_version: String = Text { max: 20 },
    }
    17 given {
        /// The day.
        given_on: NaiveDate = Date,
        /// How: signed on paper, spoken before a witness, …
        method: String = Code("consent_method"),
        /// Number of the paper, or who was there.
        paper_no: String = Text { max: 100 },
    }
    18 giver {
        /// The person, a parent, a guardian.
        given_by: String = Code("consent_giver"),
        /// Name of the parent or guardian.
        giver_name: String = Text { max: 100 },
        /// The child agrees too; asked from seven years where something is made public.
        child_agrees: bool = Bool,
    }
    19 withdrawn {
        /// The day it was withdrawn; from then on it is none.
        withdrawn_on: NaiveDate = Date,
        /// How it was withdrawn.
        withdrawn_method: String = Code("consent_method"),
    }
    20 note {
        /// Note.
        note: String = Text { max: 500 },
    }
}

record! {
    /// A request of the person concerned (yêu cầu của chủ thể dữ liệu) to see, correct, limit or delete.
    DataRequest = 29 "data_request", parent Some("person"), restricted false;
    16 matter {
        /// What is asked for.
        matter: String = Code("data_request_matter"),
        /// In their own words.
        asked: String = Text { max: 2000 },
    }
    17 filed {
        /// The day it came.
        filed_on: NaiveDate = Date,
        /// Who brought it, where not the person.
        filed_by: String = Text { max: 100 },
        /// Number of the paper.
        paper_no: String = Text { max: 60 },
    }
    18 due_on {
        /// The day by which an answer is owed.
        due_on: NaiveDate = Date,
    }
    19 answer {
        /// The day of the answer; the request is open until then.
        answered_on: NaiveDate = Date,
        /// What was done.
        outcome: String = Code("data_request_outcome"),
        /// The answer, in words.
        answer: String = Text { max: 2000 },
    }
    20 lifted {
        /// Of a limit: the day from which it holds no more.
        lifted_on: NaiveDate = Date,
    }
}
