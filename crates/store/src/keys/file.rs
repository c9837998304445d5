//! `keys.json` and its second copy: the only file of a store, with `status.json`, that is readable without a password.
//!
//! Owes its callers: each copy carries a checksum and a generation; the newest whole copy counts; a write replaces both,
//! each by rename, and keeps a damaged copy in `set-aside/` before replacing it. Both damaged is [`Error::DamagedKeys`].

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::hex::Hex;
use super::recovery::RecoveryKey;
use super::secrets::{
    Cost, Pair, Sealed, StoreKey, Wrapped, check_new_password, seal, unseal, unwrap_with_password, wrap_with_password,
};
use crate::account::Role;
use crate::error::{Error, Result};
use crate::files;

/// The file and its second copy.
pub(crate) const COPIES: [&str; 2] = ["keys.json", "keys.json.bak"];
/// The format that this program writes, and the newest it reads.
const VERSION: u32 = 1;

/// What the key file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    version: u32,
    generation: u64,
    pub(crate) store_id: Hex<16>,
    pub(crate) unit: u32,
    pub(crate) sample: bool,
    pub(crate) workers: Vec<WorkerEntry>,
    pub(crate) recovery: RecoveryEntry,
}

/// One worker's way in. Name, role and flag are for show: rights come from the table inside the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WorkerEntry {
    pub(crate) uid: u32,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) admin: bool,
    cost: Cost,
    #[serde(flatten)]
    pub(crate) wrapped: Wrapped,
    /// The store's keys; more than one only while the store is being re-keyed.
    pub(crate) keys: Vec<Sealed>,
}

/// The paper's way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecoveryEntry {
    #[serde(flatten)]
    pub(crate) wrapped: Wrapped,
    pub(crate) keys: Vec<Sealed>,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    keys: KeyFile,
    checksum: Hex<32>,
}

impl KeyFile {
    pub(crate) fn new(store_id: [u8; 16], unit: u32, sample: bool, recovery: RecoveryEntry) -> Self {
        let workers = Vec::new();
        Self { version: VERSION, generation: 0, store_id: Hex(store_id), unit, sample, workers, recovery }
    }

    pub(crate) fn worker(&self, uid: u32) -> Result<&WorkerEntry> {
        self.workers.iter().find(|worker| worker.uid == uid).ok_or(Error::UnknownWorker)
    }

    pub(crate) fn worker_mut(&mut self, uid: u32) -> Result<&mut WorkerEntry> {
        self.workers.iter_mut().find(|worker| worker.uid == uid).ok_or(Error::UnknownWorker)
    }

    /// The pair that `password` opens for worker `uid`.
    pub(crate) fn unwrap(&self, uid: u32, password: &str) -> Result<Pair> {
        let worker = self.worker(uid)?;
        unwrap_with_password(&worker.wrapped, password, &whose(&self.store_id.0, uid), worker.cost)
    }

    /// The pair that the recovery key opens.
    pub(crate) fn unwrap_recovery(&self, key: &RecoveryKey) -> Result<Pair> {
        key.unwrap(&self.recovery.wrapped, &self.store_id.0)
    }

    /// Every store key in this file that `pair` can unseal, whoever's entry it stands in.
    pub(crate) fn unseal_all(&self, pair: &Pair) -> Vec<StoreKey> {
        let entries = self.workers.iter().map(|worker| &worker.keys).chain([&self.recovery.keys]);
        entries.flatten().filter_map(|sealed| unseal(sealed, pair, &self.store_id.0)).collect()
    }

    /// The newest whole copy in `folder`; `None` where there is neither.
    pub(crate) fn load(folder: &Path) -> Result<Option<Self>> {
        let mut best: Option<Self> = None;
        let mut present = false;
        for name in COPIES {
            let Some(bytes) = files::read_if_there(&folder.join(name))? else { continue };
            present = true;
            if let Some(keys) = parse(&bytes)?
                && best.as_ref().is_none_or(|known| known.generation < keys.generation)
            {
                best = Some(keys);
            }
        }
        match best {
            None if present => Err(Error::DamagedKeys),
            best => Ok(best),
        }
    }

    /// Writes both copies into `folder`, one after the other, so that one is whole at any moment.
    pub(crate) fn save(&mut self, folder: &Path) -> Result<()> {
        self.generation += 1;
        let bytes = self.to_bytes()?;
        for name in COPIES {
            let path = folder.join(name);
            if let Some(old) = files::read_if_there(&path)?
                && !matches!(parse(&old), Ok(Some(_)))
            {
                files::set_aside_bytes(folder, name, &old)?;
            }
            files::write_whole(&path, &bytes)?;
        }
        Ok(())
    }

    /// The file's text.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        let envelope = Envelope { keys: self.clone(), checksum: checksum(self)? };
        serde_json::to_vec_pretty(&envelope).map_err(|error| Error::Io(error.into()))
    }
}

impl WorkerEntry {
    /// A new worker's pair, wrapped under a password, with the store's keys sealed to it.
    pub(crate) fn new(
        store_id: &[u8; 16],
        (uid, name, role, admin): (u32, &str, Role, bool),
        password: &str,
        cost: Cost,
        keys: &[&StoreKey],
    ) -> Result<Self> {
        check_new_password(password)?;
        let pair = Pair::generate()?;
        let wrapped = wrap_with_password(&pair, password, &whose(store_id, uid), cost)?;
        let keys = seal_each(keys, &pair.public(), store_id)?;
        Ok(Self { uid, name: name.to_owned(), role, admin, cost, wrapped, keys })
    }

    /// The same pair under another password.
    pub(crate) fn rewrap(&mut self, pair: &Pair, store_id: &[u8; 16], password: &str, cost: Cost) -> Result<()> {
        check_new_password(password)?;
        self.wrapped = wrap_with_password(pair, password, &whose(store_id, self.uid), cost)?;
        self.cost = cost;
        Ok(())
    }
}

impl RecoveryEntry {
    /// A new recovery pair under `key`, with the store's keys sealed to it.
    pub(crate) fn new(store_id: &[u8; 16], key: &RecoveryKey, keys: &[&StoreKey]) -> Result<Self> {
        let pair = Pair::generate()?;
        Ok(Self { wrapped: key.wrap(&pair, store_id)?, keys: seal_each(keys, &pair.public(), store_id)? })
    }
}

/// Each key sealed to one public half.
pub(crate) fn seal_each(keys: &[&StoreKey], public: &[u8; 32], store_id: &[u8; 16]) -> Result<Vec<Sealed>> {
    keys.iter().map(|key| seal(key, public, store_id)).collect()
}

fn whose(store_id: &[u8; 16], uid: u32) -> Vec<u8> {
    [b"ansinh/worker/1".as_slice(), store_id, &uid.to_be_bytes()].concat()
}

/// A whole key file, `None` for a damaged one, an error for one that a newer program wrote.
fn parse(bytes: &[u8]) -> Result<Option<KeyFile>> {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(bytes) else { return Ok(None) };
    let Some(version) = value["keys"]["version"].as_u64() else { return Ok(None) };
    if version > u64::from(VERSION) {
        return Err(Error::NewerSchema { file: u32::try_from(version).unwrap_or(u32::MAX), program: VERSION });
    }
    let Ok(envelope) = serde_json::from_value::<Envelope>(value) else { return Ok(None) };
    Ok((checksum(&envelope.keys)? == envelope.checksum).then_some(envelope.keys))
}

fn checksum(keys: &KeyFile) -> Result<Hex<32>> {
    let bytes = serde_json::to_vec(keys).map_err(|error| Error::Io(error.into()))?;
    Ok(Hex(*blake3::hash(&bytes).as_bytes()))
}
