// The commands of this feature. What answers with the state of the program is taken up at once.
import { call, type Request, session } from '$host';

export const listCommunes = (text: string) => call('list_communes', { text });
export const setUp = (req: Request<'set_up'>) => call('set_up', req);
export const renewRecoveryKey = (password: string) => call('renew_recovery_key', { password });
export const confirmRecoveryKey = async (group: string) => session.take(await call('confirm_recovery_key', { group }));
export const finishStep = async (step: 'enrolment' | 'data') => session.take(await call('finish_set_up_step', { step }));
export const enrol = (req: Request<'enrol'>) => call('enrol', req);

export const signIn = async (uid: number, password: string) => session.take(await call('sign_in', { uid, password }));
export const resetPassword = async (req: Request<'reset_password'>) => session.take(await call('reset_password', req));
export const changePassword = (req: Request<'change_password'>) => call('change_password', req);

export const listWorkers = () => call('list_workers', {});
export const addWorker = (req: Request<'add_worker'>) => call('add_worker', req);
export const updateWorker = (req: Request<'update_worker'>) => call('update_worker', req);
export const removeWorker = (uid: number) => call('remove_worker', { uid });

export const listBackups = () => call('list_backups', {});
export const backUp = () => call('back_up', {});
export const setSecondPlace = (path: string | null) => call('set_second_place', { path });
/** A password or the recovery key. */
export interface Proof {
  uid: number | null;
  password: string | null;
  recovery_key: string | null;
}
export const lookAtBackup = (backup: string) => call('look_at_backup', { backup });
export const restoreBackup = async (req: Request<'restore_backup'>) => session.take(await call('restore_backup', req));

export type AuditSearch = Request<'list_audit'>['search'];
export const listAudit = (search: AuditSearch, offset: number, limit: number) => call('list_audit', { search, offset, limit });
export const checkAudit = () => call('check_audit', {});
export const exportAudit = (req: Request<'export_audit'>) => call('export_audit', req);
