//! What the commune has decided for all its machines (cài đặt của xã). Every machine of the commune computes by it.

use domain::records::CommuneSetting;
use domain::registry::Record;
use domain::{AssumedBirth, PartialDate, UnitId};
use store::{FieldChange, Place, Sight};

use crate::commands::types::{CommuneSettings, Nothing};
use crate::host::{Host, author};
use crate::problem::Result;
use crate::register::unreadable;

/// The settings of the commune.
pub fn get_commune_settings(host: &dyn Host, _: Nothing) -> Result<CommuneSettings> {
    let open = host.session().open()?;
    Ok(open.store.read(|view| Ok(CommuneSettings { assumed_birth: view.assumed_birth()?.code().to_owned() }))?)
}

/// Changes them, on this machine and with the next contact on the others.
pub fn change_commune_settings(host: &dyn Host, req: CommuneSettings) -> Result<CommuneSettings> {
    let open = host.session().open()?;
    let Some(assumed) = AssumedBirth::named(&req.assumed_birth) else {
        return Err(unreadable("assumed_birth", "value_unreadable", &req.assumed_birth));
    };
    let unit = UnitId(open.store.identity().unit);
    let row = CommuneSetting { assumed_birth: Some(assumed.code().to_owned()) }.to_row();
    open.store.write(author(host, open.account.uid), |tx| match tx.find_record(CommuneSetting::id(unit), Sight::Plain)? {
        Some(stored) => tx.change(stored.id, &FieldChange::between(&stored.row, &row), &stored.heads).map(drop),
        None => tx.create_as(CommuneSetting::id(unit), &row, Place::Root(unit)),
    })?;
    get_commune_settings(host, Nothing {})
}

/// The day that is taken for a birth that is not wholly known; `None` where it is.
pub(crate) fn assumed_day(birth: PartialDate, assumed: AssumedBirth) -> Option<String> {
    (!birth.is_full()).then(|| birth.assumed(assumed).to_string())
}
