//! Enrolment: codes are made for a commune, and a device that shows one, or that an old number's key vouches for, gets a number.

use std::sync::Arc;

use ed25519_dalek::VerifyingKey;
use sync::enrolment::{Claim, EnrolAnswer, EnrolRequest, EnrolmentCode, Grant, is_vouched};
use sync::notice;
use sync::wire::{Refusal, WIRE};

use crate::db::devices::{Device, NewDevice, State};
use crate::db::{Tx, codes, devices, scopes, settings};
use crate::error::{Error, Result};
use crate::key_file::fill_random;
use crate::province::Province;

/// How long a code can be used.
pub const CODE_LIFE_MS: u64 = 7 * 24 * 3600 * 1000;

/// Makes a code for one machine of a commune; answers its text and when it ends. Only the HMAC of its secret is kept.
pub async fn make_code(province: &Arc<Province>, unit: u32, name: String) -> Result<(String, u64)> {
    let mut secret = [0u8; 5];
    fill_random(&mut secret)?;
    let hmac = province.secret_hmac(&secret)?;
    let now_ms = province.clock.now_ms();
    let until_ms = now_ms + CODE_LIFE_MS;
    province
        .db
        .write(move |tx| {
            scopes::find(tx, unit)?.ok_or_else(|| Error::Admin {
                code: "unknown_commune",
                message: "this commune is not in the province yet; run admin commune add".to_owned(),
            })?;
            codes::insert(tx, &hmac, unit, &name, now_ms, until_ms)
        })
        .await?;
    Ok((EnrolmentCode::new(&province.authority.ca_public_key, secret).text(), until_ms))
}

/// Gives a device its number. The same claim with the same key gives the same answer again.
pub async fn enrol(province: &Arc<Province>, request: EnrolRequest) -> Result<EnrolAnswer> {
    if request.wire < WIRE {
        return Err(Refusal::WireTooOld(WIRE).into());
    }
    let now_ms = province.clock.now_ms();
    let by_code = matches!(request.claim, Claim::Code(_));
    if let Some(seconds) = province.attempts.wait_seconds(now_ms).filter(|_| by_code) {
        return Err(Refusal::TooManyCodes(seconds.into()).into());
    }
    let entitled = Entitled { province: Arc::clone(province), request, now_ms };
    let answer = province
        .db
        .write(move |tx| {
            let (device, replaced_last_dseq) = match entitled.request.claim {
                Claim::Code(secret) => (entitled.by_code(tx, &secret)?, None),
                Claim::Replaces { dno, signature } => entitled.by_old_number(tx, dno, &signature)?,
            };
            entitled.answer(tx, &device, replaced_last_dseq)
        })
        .await;
    if matches!(answer, Err(Error::Refused(Refusal::WrongCode))) && by_code {
        province.attempts.record_wrong(now_ms);
    }
    if let Ok(answer) = &answer {
        tracing::info!(dno = answer.dno, unit = answer.unit, "enrolled");
    }
    answer
}

struct Entitled {
    province: Arc<Province>,
    request: EnrolRequest,
    now_ms: u64,
}

impl Entitled {
    fn by_code(&self, tx: &mut dyn Tx, secret: &[u8; 5]) -> Result<Device> {
        let hmac = self.province.secret_hmac(secret)?;
        let code = codes::lock(tx, &hmac)?.ok_or(Refusal::WrongCode)?;
        if code.scope != self.request.unit {
            return Err(Refusal::WrongCommune(code.scope.into()).into());
        }
        if let Some(dno) = code.dno {
            // The reply was lost, or somebody else found the paper.
            let device = devices::find(tx, dno)?.ok_or(Error::Stored("a code names a device that is missing"))?;
            return if device.sign_pk == self.request.sign_key { self.may_speak(device) } else { Err(Refusal::WrongCode.into()) };
        }
        if code.until_ms <= self.now_ms {
            return Err(Refusal::WrongCode.into());
        }
        let device = match devices::find_by_key(tx, &self.request.sign_key)? {
            Some(device) if device.home == code.scope => self.may_speak(device)?,
            Some(device) => return Err(Refusal::WrongCommune(device.home.into()).into()),
            None => {
                let grants = [Grant { scope: scopes::PROVINCE, may_write: false }, Grant { scope: code.scope, may_write: true }];
                self.insert(tx, code.scope, code.name, &grants, None)?
            }
        };
        codes::update_used(tx, &hmac, device.dno)?;
        Ok(device)
    }

    /// A store that was restored from a backup, or cloned, shows its old number; the old key vouches for the new one.
    fn by_old_number(&self, tx: &mut dyn Tx, old_dno: u32, signature: &[u8; 64]) -> Result<(Device, Option<u64>)> {
        let old = devices::lock(tx, old_dno)?.ok_or(Refusal::UnknownDevice)?;
        let key = VerifyingKey::from_bytes(&old.sign_pk).map_err(|_| Error::Stored("a device's key is not readable"))?;
        if !is_vouched(&key, old_dno, &self.request, signature) {
            return Err(Refusal::BadSignature.into());
        }
        if old.state == State::Revoked {
            return Err(self.revoked(old_dno));
        }
        if old.home != self.request.unit {
            return Err(Refusal::WrongCommune(old.home.into()).into());
        }
        let last_dseq = Some(old.last_dseq);
        match devices::find_by_key(tx, &self.request.sign_key)? {
            Some(device) if device.replaces == Some(old_dno) => return Ok((self.may_speak(device)?, last_dseq)),
            Some(_) => return Err(Refusal::BadSignature.into()),
            None => {}
        }
        let grants = devices::list_grants(tx, old_dno, self.now_ms)?;
        let device = self.insert(tx, old.home, old.name, &grants, Some(old_dno))?;
        if old.state == State::Active {
            devices::update_state(tx, old_dno, State::Replaced, Some(device.dno))?;
        }
        Ok((device, last_dseq))
    }

    fn insert(&self, tx: &mut dyn Tx, home: u32, name: String, grants: &[Grant], replaces: Option<u32>) -> Result<Device> {
        let dno = settings::next_number(tx, "dno")?;
        devices::insert(
            tx,
            &NewDevice {
                dno,
                sign_pk: self.request.sign_key,
                seal_pk: self.request.seal_key.to_vec(),
                name,
                home,
                replaces,
                enrolled_ms: self.now_ms,
            },
        )?;
        for grant in grants {
            devices::insert_grant(tx, dno, *grant)?;
        }
        devices::find(tx, dno)?.ok_or(Error::Stored("a device that was just made is missing"))
    }

    fn may_speak(&self, device: Device) -> Result<Device> {
        match device.state {
            State::Active => Ok(device),
            State::Revoked => Err(self.revoked(device.dno)),
            State::Replaced => Err(Refusal::Fork(device.last_bno).into()),
        }
    }

    fn revoked(&self, dno: u32) -> Error {
        Refusal::Revoked(notice::revoked(&self.province.authority.signing, dno, self.now_ms)).into()
    }

    fn answer(&self, tx: &mut dyn Tx, device: &Device, replaced_last_dseq: Option<u64>) -> Result<EnrolAnswer> {
        let authority = &self.province.authority;
        Ok(EnrolAnswer {
            dno: device.dno,
            grants: devices::list_grants(tx, device.dno, self.now_ms)?,
            ca: authority.ca_certificate.clone(),
            server_key: authority.signing.verifying_key().to_bytes(),
            province_key: authority.sealing_public,
            recovery_key: authority.recovery_public,
            unit: device.home,
            server_ms: i64::try_from(self.now_ms).unwrap_or(i64::MAX),
            replaced_last_dseq,
        })
    }
}
