//! The audit, for those who may read it.

use std::collections::BTreeMap;

use domain::registry;

use crate::host::{Host, instant};
use crate::problem::Result;
use crate::views::accounts::{AuditPage, AuditRow, ListAudit};

/// Rows at once.
const LARGEST_PAGE: u32 = 200;

/// A page of the audit, newest first, and whether its chain is unbroken.
pub fn list_audit(host: &dyn Host, req: ListAudit) -> Result<AuditPage> {
    let open = host.session().open()?;
    let limit = req.limit.min(LARGEST_PAGE);
    let (page, total, chain_sound, names) = open.store.read(|view| {
        let page = view.list_audit_from(req.offset as usize, limit as usize)?;
        let names: BTreeMap<u32, String> = view.list_accounts()?.into_iter().map(|account| (account.uid, account.name)).collect();
        Ok((page, view.count_audit()?, view.verify_audit().is_ok(), names))
    })?;
    let rows = page.into_iter().map(|entry| AuditRow {
        n: u32::try_from(entry.n).unwrap_or(u32::MAX),
        at: instant(entry.at_ms),
        worker: names.get(&entry.uid).cloned().unwrap_or_default(),
        act: entry.act,
        kind: entry.kind.and_then(registry::kind).map(|kind| kind.name.to_owned()),
        record: entry.rid.map(|id| id.to_string()),
        reason: entry.reason,
    });
    Ok(AuditPage { rows: rows.collect(), total: u32::try_from(total).unwrap_or(u32::MAX), chain_sound })
}
