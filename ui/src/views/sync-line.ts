// The sentence at the left of the status bar. Always there, never alarming; what is bold is the number a worker looks for.
import type { SyncStatus } from '$bindings/commands';
import { t } from '$messages';
import { shortTime } from '$shared/format';

export type SyncLook = 'sent' | 'running' | 'waiting' | 'conflicts';

export interface SyncLine {
  look: SyncLook;
  parts: [string, string, string];
}

export function syncLine(status: SyncStatus, now = Date.now()): SyncLine {
  const at = (instant: string) => shortTime(instant, now);
  const last = status.last_contact_at ? ` · ${t('sync.line.last', { time: at(status.last_contact_at) })}` : '';
  const saved = t('sync.line.saved');
  if (status.running) {
    const doing = status.waiting > 0 ? t('sync.line.sending', { count: status.waiting }) : t('sync.line.comparing');
    return { look: 'running', parts: [doing, '', ''] };
  }
  if (status.conflicts > 0 && status.waiting > 0) {
    const both = `${t('sync.line.waiting', { count: status.waiting })}, ${t('sync.line.conflicts', { count: status.conflicts })}`;
    return { look: 'conflicts', parts: [`${saved} · `, both, last] };
  }
  if (status.conflicts > 0)
    return { look: 'conflicts', parts: [`${saved} · `, t('sync.line.conflicts', { count: status.conflicts }), last] };
  if (status.waiting > 0)
    return { look: 'waiting', parts: [`${saved} · `, t('sync.line.waiting', { count: status.waiting }), last] };
  if (!status.enrolled) return { look: 'waiting', parts: [`${saved} · ${t('sync.line.not_enrolled')}`, '', ''] };
  if (status.verified_at)
    return {
      look: 'sent',
      parts: [`${t('sync.line.all_sent')} · ${t('sync.line.verified', { time: at(status.verified_at) })}`, '', ''],
    };
  return { look: 'sent', parts: [t('sync.line.all_sent'), '', last] };
}
