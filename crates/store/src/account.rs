//! Accounts (tài khoản): who works with this store, in which role, with which rights.
//!
//! Owes its callers: the last active administrator cannot be removed or lose the flag; numbers are never given twice.
//! Leaves to others: passwords (`keys`), and asking [`Account::may`] before each act (the command door). Rights bind the
//! program, not someone who holds the file and a password.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::open::{Tx, View};

/// Longest display name, in characters.
const LONGEST_NAME: usize = 100;

/// What a worker does in the commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Social affairs officer (công chức văn hóa – xã hội).
    Officer,
    /// Chairman or vice chairman (chủ tịch, phó chủ tịch).
    Chairman,
    /// Accountant (kế toán).
    Accountant,
    /// One-stop desk (bộ phận một cửa).
    OneStop,
}

/// What an act may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Right {
    /// See the register.
    #[serde(rename = "register.read")]
    RegisterRead,
    /// Change the register.
    #[serde(rename = "register.write")]
    RegisterWrite,
    /// Take in a list.
    #[serde(rename = "import")]
    Import,
    /// Give out a list.
    #[serde(rename = "export")]
    Export,
    /// See what is specially protected.
    #[serde(rename = "restricted.read")]
    RestrictedRead,
    /// Change what is specially protected.
    #[serde(rename = "restricted.write")]
    RestrictedWrite,
    /// Read the audit.
    #[serde(rename = "audit")]
    Audit,
    /// Add, change and remove workers.
    #[serde(rename = "accounts")]
    Accounts,
    /// Change villages and communes.
    #[serde(rename = "places")]
    Places,
    /// Enrol this machine at the province.
    #[serde(rename = "enrolment")]
    Enrolment,
    /// Put a backup in the store's place.
    #[serde(rename = "restore")]
    Restore,
    /// Change settings.
    #[serde(rename = "settings")]
    Settings,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 12] = [
        Self::RegisterRead,
        Self::RegisterWrite,
        Self::Import,
        Self::Export,
        Self::RestrictedRead,
        Self::RestrictedWrite,
        Self::Audit,
        Self::Accounts,
        Self::Places,
        Self::Enrolment,
        Self::Restore,
        Self::Settings,
    ];
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Officer, Self::Chairman, Self::Accountant, Self::OneStop];

    /// The role's code, as in the table and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Chairman => "chairman",
            Self::Accountant => "accountant",
            Self::OneStop => "one_stop",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether the role alone gives the right.
    pub fn gives(self, right: Right) -> bool {
        match self {
            Self::Officer => matches!(
                right,
                Right::RegisterRead
                    | Right::RegisterWrite
                    | Right::Import
                    | Right::Export
                    | Right::RestrictedRead
                    | Right::RestrictedWrite
            ),
            Self::Chairman => matches!(right, Right::RegisterRead | Right::RestrictedRead | Right::Audit),
            Self::Accountant => matches!(right, Right::RegisterRead),
            Self::OneStop => matches!(right, Right::RegisterRead | Right::RegisterWrite),
        }
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.code().to_sql()
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_code(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

/// A worker of this store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The worker's number on this device, never given twice.
    pub uid: u32,
    /// Display name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Manages accounts, places, enrolment, restore, settings; reads the audit.
    pub admin: bool,
    /// May sign in. A removed worker stays in the table, since history names authors by number.
    pub active: bool,
    /// When the account was made, milliseconds since 1970.
    pub created_at_ms: i64,
}

impl Account {
    /// Whether the worker may do what needs `right`.
    pub fn may(&self, right: Right) -> bool {
        let by_flag =
            matches!(right, Right::Accounts | Right::Places | Right::Enrolment | Right::Restore | Right::Settings | Right::Audit);
        self.active && (self.role.gives(right) || (self.admin && by_flag))
    }

    /// All the worker's rights.
    pub fn rights(&self) -> Vec<Right> {
        Right::ALL.into_iter().filter(|right| self.may(*right)).collect()
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uid: row.get("uid")?,
            name: row.get("name")?,
            role: row.get("role")?,
            admin: row.get("admin")?,
            active: row.get("active")?,
            created_at_ms: row.get("created_at")?,
        })
    }
}

/// A display name as it is kept, or [`Error::BadName`].
pub(crate) fn tidy_name(name: &str) -> Result<String> {
    let name = domain::text::tidy(name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(Error::BadName);
    }
    Ok(name)
}

const COLUMNS: &str = "uid, name, role, admin, active, created_at";

impl View<'_> {
    /// Every account, removed ones too, by number.
    pub fn list_accounts(&self) -> Result<Vec<Account>> {
        let mut statement = self.connection().prepare_cached(&format!("SELECT {COLUMNS} FROM account ORDER BY uid"))?;
        let rows = statement.query_map([], Account::from_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The account of worker `uid`, or [`Error::UnknownWorker`].
    pub fn get_account(&self, uid: u32) -> Result<Account> {
        let mut statement = self.connection().prepare_cached(&format!("SELECT {COLUMNS} FROM account WHERE uid = ?1"))?;
        statement.query_row([uid], Account::from_row).optional()?.ok_or(Error::UnknownWorker)
    }

    /// The number that the next worker gets.
    pub(crate) fn next_uid(&self) -> Result<u32> {
        Ok(self.connection().query_row("SELECT coalesce(max(uid), 0) + 1 FROM account", [], |row| row.get(0))?)
    }

    /// The public half that the store itself remembers for a worker: re-keying seals to this one, not to what a key file
    /// says, which anybody with the folder could have changed.
    pub(crate) fn public_key_of(&self, uid: u32) -> Result<[u8; 32]> {
        let mut statement = self.connection().prepare_cached("SELECT public_key FROM account WHERE uid = ?1")?;
        statement.query_row([uid], |row| row.get(0)).optional()?.ok_or(Error::UnknownWorker)
    }
}

impl Tx<'_> {
    /// Adds an active account.
    pub(crate) fn insert_account(&self, uid: u32, name: &str, role: Role, admin: bool, public_key: &[u8; 32]) -> Result<()> {
        self.connection()
            .prepare_cached(
                "INSERT INTO account(uid, name, role, admin, active, public_key, created_at)
                 VALUES (:uid, :name, :role, :admin, 1, :public_key, :at)",
            )?
            .execute(named_params! {
                ":uid": uid,
                ":name": name,
                ":role": role,
                ":admin": admin,
                ":public_key": public_key,
                ":at": self.author().at_ms,
            })?;
        self.touch("accounts");
        Ok(())
    }

    /// Replaces name, role, flag and whether the worker may sign in.
    pub(crate) fn update_account(&self, account: &Account) -> Result<()> {
        self.connection()
            .prepare_cached("UPDATE account SET name = :name, role = :role, admin = :admin, active = :active WHERE uid = :uid")?
            .execute(named_params! {
                ":uid": account.uid,
                ":name": account.name,
                ":role": account.role,
                ":admin": account.admin,
                ":active": account.active,
            })?;
        let admins: u32 =
            self.connection().query_row("SELECT count(*) FROM account WHERE admin = 1 AND active = 1", [], |row| row.get(0))?;
        if admins == 0 {
            return Err(Error::LastAdmin);
        }
        self.touch("accounts");
        Ok(())
    }

    /// Remembers a worker's new public half.
    pub(crate) fn set_public_key(&self, uid: u32, public_key: &[u8; 32]) -> Result<()> {
        self.connection()
            .prepare_cached("UPDATE account SET public_key = :public_key WHERE uid = :uid")?
            .execute(named_params! { ":uid": uid, ":public_key": public_key })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(role: Role, admin: bool) -> Account {
        Account { uid: 1, name: "Bùi Thị Mừng".into(), role, admin, active: true, created_at_ms: 0 }
    }

    #[test]
    fn each_role_has_the_rights_that_were_agreed() {
        use Right::{Audit, Export, Import, RegisterRead, RegisterWrite, RestrictedRead, RestrictedWrite};
        let cases: [(Role, &[Right]); 4] = [
            (Role::Officer, &[RegisterRead, RegisterWrite, Import, Export, RestrictedRead, RestrictedWrite]),
            (Role::Chairman, &[RegisterRead, RestrictedRead, Audit]),
            (Role::Accountant, &[RegisterRead]),
            (Role::OneStop, &[RegisterRead, RegisterWrite]),
        ];
        for (role, rights) in cases {
            assert_eq!(account(role, false).rights(), rights, "{role:?}");
        }
    }

    #[test]
    fn the_flag_adds_management_and_the_audit_only() {
        use Right::{Accounts, Audit, Enrolment, Places, RegisterRead, RegisterWrite, Restore, Settings};
        assert_eq!(
            account(Role::OneStop, true).rights(),
            [RegisterRead, RegisterWrite, Audit, Accounts, Places, Enrolment, Restore, Settings]
        );
    }

    #[test]
    fn a_closed_account_has_no_right() {
        let closed = Account { active: false, ..account(Role::Officer, true) };
        assert!(closed.rights().is_empty());
    }
}
